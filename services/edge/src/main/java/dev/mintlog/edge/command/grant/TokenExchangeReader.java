package dev.mintlog.edge.command.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.edge.proof.token.ExchangedToken;
import dev.mintlog.edge.proof.token.ExchangedTokens;
import dev.mintlog.edge.proof.token.ExchangedTokens.Kind;
import dev.mintlog.edge.proof.token.ReferenceTokenClaims;
import dev.mintlog.edge.request.Audiences;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.schema.ExchangeToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * RFC 8693 §2.1: {@code subject_token}, {@code actor_token}, their types, {@code requested_token_type}, {@code resource},
 * {@code audience}, {@code scope}. The tokens are verified here and go no further.
 */
final class TokenExchangeReader implements GrantReader {
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

  // RFC 8693 §3: an access token of ours is a JWT as well.
  private static final Map<String, Kind> KINDS =
      Map.of(ACCESS_TOKEN, Kind.ACCESS_TOKEN, JWT, Kind.ACCESS_TOKEN, ID_TOKEN, Kind.ID_TOKEN);
  private static final Set<String> REQUESTABLE = Set.of(ACCESS_TOKEN, JWT);

  private final ExchangedTokens tokens;
  private final ReferenceTokenClaims references;

  TokenExchangeReader(ExchangedTokens tokens, ReferenceTokenClaims references) {
    this.tokens = tokens;
    this.references = references;
  }

  @Override
  public GrantType type() {
    return GrantType.TOKEN_EXCHANGE;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    if (request.client().isPublic()) {
      then.accept(GrantReading.of(Checked.refused(Refusal.of(TokenError.UNAUTHORIZED_CLIENT,
          "expected a client that authenticates, but found a public one"))));
      return;
    }
    Form form = request.form();
    token(request, "subject_token", checkedSubject -> checkedSubject.either(
        subject -> actor(request, checkedActor -> then.accept(GrantReading.of(
            checkedActor.then(actor -> targets(request).then(targets -> requestedType(form).then(
                issued -> Checked.accepted(command(subject, actor, targets, issued, form)))))))),
        refusal -> then.accept(GrantReading.of(Checked.refused(refusal)))));
  }

  private void token(GrantRequest request, String parameter, Consumer<Checked<ExchangedToken>> then) {
    Form form = request.form();
    // RFC 8693 §2.1: subject_token_type is REQUIRED, actor_token_type "when the "actor_token" parameter is present".
    form.require(parameter).then(text -> form.require(parameter + "_type").then(type -> KINDS.containsKey(type)
        ? Checked.accepted(new Presented(text, type))
        : Checked.<Presented>refused(Refusal.invalidRequest("expected as " + parameter + "_type the access_token, jwt or"
            + " id_token of RFC 8693 section 3, but found another")))).either(
                presented -> verify(request, parameter, presented, then),
                refusal -> then.accept(Checked.refused(refusal)));
  }

  private void verify(GrantRequest request, String parameter, Presented presented,
      Consumer<Checked<ExchangedToken>> then) {
    if (presented.isReference()) {
      references.find(request.tenant(), presented.text(), request.arrivedAt(), request.loop(),
          found -> then.accept(found.then(said -> tokens.ofReference(receiver(request), parameter, said))));
    } else {
      then.accept(tokens.verify(receiver(request), parameter, KINDS.get(presented.type()), presented.text()));
    }
  }

  private static ExchangedTokens.Receiver receiver(GrantRequest request) {
    return new ExchangedTokens.Receiver(
        request.registry(), request.tenant(), request.confirmation(), request.arrivedAt());
  }

  private void actor(GrantRequest request, Consumer<Checked<Optional<String>>> then) {
    if (request.form().find("actor_token").isEmpty()) {
      // RFC 8693 §2.1: "it MUST NOT be included otherwise."
      then.accept(request.form().has("actor_token_type")
          ? Checked.refused(Refusal.invalidRequest("expected an actor_token beside actor_token_type, but found none"))
          : Checked.accepted(Optional.empty()));
      return;
    }
    token(request, "actor_token", checked -> then.accept(checked.then(actor -> actor.actors().isEmpty()
        ? Checked.accepted(Optional.of(actor.subject()))
        : Checked.refused(Refusal.invalidRequest(
            "expected an actor_token of a party that acts for itself, but another acts for it")))));
  }

  /** A token as it was presented. */
  private record Presented(String text, String type) {
    // A handle has no dot; a JWS compact form has two.
    boolean isReference() {
      return type.equals(ACCESS_TOKEN) && text.length() == Handles.TEXT_CHARACTERS && text.indexOf('.') < 0;
    }

    @Override
    public String toString() {
      return "Presented[" + type + "]";
    }
  }

  private static Checked<List<String>> targets(GrantRequest request) {
    return request.resources().then(resources ->
        Audiences.read(request.form().all("audience")).then(audiences -> Checked.accepted(
            Stream.concat(resources.stream(), audiences.stream()).distinct().toList())));
  }

  private static Checked<String> requestedType(Form form) {
    String type = form.find("requested_token_type").orElse(ACCESS_TOKEN);
    return REQUESTABLE.contains(type)
        ? Checked.accepted(type)
        : Checked.refused(Refusal.invalidRequest(
            "expected as requested_token_type the access_token or jwt of RFC 8693 section 3, but found another"));
  }

  private static GrantCommand command(ExchangedToken subject, Optional<String> actor, List<String> targets,
      String issuedTokenType, Form form) {
    CommandBody body = header -> new ExchangeToken(header,
        subject.authorization().map(id -> id.value()).orElse(null), subject.clientId(), subject.subject(),
        subject.scopes().map(scopes -> scopes.text()).orElse(null), subject.audience(), subject.issuedAt(),
        subject.expiresAt(), subject.actors(), subject.mayAct().orElse(null), actor.orElse(null),
        form.find("scope").orElse(null));
    return new GrantCommand(subject.authorization(), Optional.empty(), body.forResources(targets),
        Optional.of(issuedTokenType));
  }
}
