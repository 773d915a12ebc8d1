package dev.mintlog.edge.http.token;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.DeviceAuthorizationCommand;
import dev.mintlog.edge.command.authorization.DeviceAuthorizationCommands;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.Unavailable;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.surface.Surface;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/** The device authorization endpoint, RFC 8628 §3.1 and §3.2. */
public final class DeviceAuthorizationEndpoint implements Endpoint {
  // RFC 8628 §3.1 has POST. PSAuthClient's Invoke-OAuth2DeviceAuthorizationEndpoint sends GET with a query string.
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST, HttpMethod.GET);

  private final Surface surface;
  private final ClientExchange clients;
  private final DeviceAuthorizationCommands commands;
  private final TokenCommandSender sender;
  private final Handles handles;
  private final ErrorResponses errors;
  private final PublicUrls urls;

  /** @param surface what parameters mean here */
  public DeviceAuthorizationEndpoint(Surface surface, ClientExchange clients, DeviceAuthorizationCommands commands,
      TokenCommandSender sender, Handles handles, ErrorResponses errors, PublicUrls urls) {
    this.surface = surface;
    this.clients = clients;
    this.commands = commands;
    this.sender = sender;
    this.handles = handles;
    this.errors = errors;
    this.urls = urls;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void refuse(Exchange exchange, Refusal refusal) {
    errors.refused(exchange, refusal);
  }

  @Override
  public void handle(Exchange exchange) {
    if (exchange.request().method().equals(HttpMethod.GET)) {
      go(exchange, FormBody.ofQuery(exchange).then(DeviceAuthorizationEndpoint::withoutSecret));
    } else {
      FormBody.readUntyped(exchange, form -> go(exchange, form));
    }
  }

  // RFC 6749 §2.3.1: the client's credentials "MUST NOT be included in the request URI".
  private static Checked<Form> withoutSecret(Form form) {
    return form.has("client_secret") || form.has("client_assertion")
        ? Checked.refused(Refusal.invalidRequest(
            "expected neither client_secret nor client_assertion in the URL, but found one"))
        : Checked.accepted(form);
  }

  private void go(Exchange exchange, Checked<Form> read) {
    read.either(
        form -> clients.authenticate(exchange, form, Optional.empty(),
            (client, registry) ->
                surface.read(registry, exchange.tenant(), client, Optional.empty(), form).either(
                    asked -> sendCommand(exchange, asked.form(), client, registry.revision()),
                    refusal -> errors.refused(exchange, refusal))),
        refusal -> errors.refused(exchange, refusal));
  }

  private void sendCommand(Exchange exchange, Form form, RegisteredClient client, long revision) {
    commands.read(exchange.tenant(), form).either(
        command -> exchange.sent(sender.send(exchange.origin(client.id(), revision),
            Optional.of(command.authorization()), command.body(), exchange.loop(), exchange.listener(
                reply -> answer(exchange, command, reply),
                why -> errors.refused(exchange, Unavailable.refusal(why, exchange.hasProofs(), true))))),
        refusal -> errors.refused(exchange, refusal));
  }

  private void answer(Exchange exchange, DeviceAuthorizationCommand command, Reply reply) {
    reply.match(
        granted -> unexpected(exchange),
        denied -> errors.refused(exchange, Refusal.decided(denied.error(), denied.description())),
        code -> unexpected(exchange),
        device -> created(exchange, command, device),
        signed -> unexpected(exchange),
        done -> unexpected(exchange));
  }

  private void created(Exchange exchange, DeviceAuthorizationCommand command, Reply.RequestCreated device) {
    int chosen = device.userCodeChosen().orElse(-1);
    if (chosen < 0 || chosen >= command.userCodes().size()) {
      unexpected(exchange);
      return;
    }
    String userCode = command.userCodes().get(chosen);
    HandleSecret secret = command.secret();
    String verificationUri = urls.verificationUri(exchange.tenant());
    AnswerForm form = AnswerForm.of(surface);
    JsonText json = new JsonText(512)
        .plainMember("device_code", handles.write(exchange.tenant(), secret, HandleKind.DEVICE_CODE, 0))
        .plainMember("user_code", userCode);
    form.verification(json, verificationUri);
    json.member("verification_uri_complete", urls.verificationUriComplete(exchange.tenant(), userCode));
    form.number(json, "expires_in", device.expiresInSeconds());
    form.number(json, "interval", device.intervalSeconds());
    // "message" is no RFC's; clients in the field print it.
    json.member("message", "To sign in, open " + verificationUri + " and enter the code " + userCode);
    Responses.json(exchange, 200, json.end());
  }

  private void unexpected(Exchange exchange) {
    errors.refused(exchange,
        Refusal.of(TokenError.SERVER_ERROR, "expected a device authorization as answer, but found another"));
  }
}
