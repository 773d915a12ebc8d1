package dev.mintlog.edge.command;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.ExchangedToken;
import dev.mintlog.edge.proof.ExchangedTokens;
import dev.mintlog.edge.proof.ExchangedTokens.Kind;
import dev.mintlog.edge.request.Audiences;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.ResourceIndicators;
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

  TokenExchangeReader(ExchangedTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public GrantType type() {
    return GrantType.TOKEN_EXCHANGE;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    then.accept(GrantReading.of(read(request)));
  }

  private Checked<GrantCommand> read(GrantRequest request) {
    Form form = request.form();
    if (request.client().isPublic()) {
      return Checked.refused(Refusal.of(TokenError.UNAUTHORIZED_CLIENT,
          "expected a client that authenticates, but found a public one"));
    }
    return form.require("subject_token").then(text -> token(request, "subject_token", text))
        .then(subject -> actor(request).then(actor -> targets(form).then(targets -> requestedType(form).then(
            issued -> Checked.accepted(command(subject, actor, targets, issued, form))))));
  }

  private Checked<ExchangedToken> token(GrantRequest request, String parameter, String text) {
    // RFC 8693 §2.1: subject_token_type is REQUIRED, actor_token_type "when the "actor_token" parameter is present".
    return request.form().require(parameter + "_type").then(type -> {
      Kind kind = KINDS.get(type);
      return kind == null
          ? Checked.refused(Refusal.invalidRequest("expected as " + parameter + "_type the access_token, jwt or id_token "
              + "of RFC 8693 section 3, but found another"))
          : tokens.verify(request.registry(), request.tenant(), parameter, kind, text, request.arrivedAt());
    });
  }

  private Checked<Optional<String>> actor(GrantRequest request) {
    Optional<String> text = request.form().find("actor_token");
    if (text.isEmpty()) {
      // RFC 8693 §2.1: "it MUST NOT be included otherwise."
      return request.form().has("actor_token_type")
          ? Checked.refused(Refusal.invalidRequest("expected an actor_token beside actor_token_type, but found none"))
          : Checked.accepted(Optional.empty());
    }
    return token(request, "actor_token", text.get()).then(actor -> actor.actors().isEmpty()
        ? Checked.accepted(Optional.of(actor.subject()))
        : Checked.refused(Refusal.invalidRequest(
            "expected an actor_token of a party that acts for itself, but another acts for it")));
  }

  private static Checked<List<String>> targets(Form form) {
    return ResourceIndicators.read(form.all("resource")).then(resources ->
        Audiences.read(form.all("audience")).then(audiences -> Checked.accepted(
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
