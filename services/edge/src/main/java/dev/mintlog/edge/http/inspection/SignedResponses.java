package dev.mintlog.edge.http.inspection;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.edge.command.SignResponseCommands;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.http.CommandReplies;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers with a signed JWT where the caller wants one: through the log, because processors alone have keys. It costs a
 * command, and so counts as a token request does.
 */
public final class SignedResponses {
  private static final CharSequence INTROSPECTION =
      HttpHeaders.createOptimized("application/token-introspection+jwt");
  private static final CharSequence USERINFO = HttpHeaders.createOptimized("application/jwt");

  private final TokenCommandSender sender;
  private final SignResponseCommands commands;
  private final ClientRateLimits limits;

  public SignedResponses(TokenCommandSender sender, SignResponseCommands commands, ClientRateLimits limits) {
    this.sender = sender;
    this.commands = commands;
    this.limits = limits;
  }

  /** RFC 9701 §4: whether the caller wants a signed introspection response. */
  static boolean wantsSignedIntrospection(Exchange exchange) {
    String accept = exchange.request().headers().get(HttpHeaders.ACCEPT);
    return accept != null && accept.length() <= 1_024
        && accept.toLowerCase(Locale.ROOT).contains(INTROSPECTION);
  }

  /**
   * RFC 9701 §5, for this caller alone. What the caller proved itself with is spent with the same command.
   *
   * @param refused writes any other answer
   */
  void introspection(
      Exchange exchange, RegisteredClient caller, long revision, JsonObject content, Consumer<Refusal> refused) {
    send(exchange, caller, revision, ResponseKind.TOKEN_INTROSPECTION, Optional.empty(), content, INTROSPECTION,
        refused);
  }

  /**
   * OpenID Connect Core §5.3.2: "If the UserInfo Response is signed and/or encrypted, then the Claims are returned in a JWT
   * and the content-type MUST be application/jwt."
   */
  void userInfo(Exchange exchange, RegisteredClient client, long revision, String subject, JsonObject claims,
      Consumer<Refusal> refused) {
    send(exchange, client, revision, ResponseKind.USERINFO, Optional.of(subject), claims, USERINFO, refused);
  }

  private void send(Exchange exchange, RegisteredClient asker, long revision, ResponseKind kind, Optional<String> subject,
      JsonObject content, CharSequence contentType, Consumer<Refusal> refused) {
    limits.count(exchange.tenant(), asker, exchange.address()).ifPresentOrElse(refused,
        () -> sender.send(exchange.origin(asker.id(), revision), Optional.empty(),
            commands.sign(kind, subject, new FurtherClaims(content.encode())), exchange.loop(),
            CommandReplies.listener(exchange, Reply.Signed.class,
                signed -> Responses.sensitive(exchange, contentType, Buffer.buffer(signed.response())), refused)));
  }
}
