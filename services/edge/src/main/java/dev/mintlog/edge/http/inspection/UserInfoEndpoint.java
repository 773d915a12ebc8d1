package dev.mintlog.edge.http.inspection;

import dev.mintlog.client.Scopes;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.http.BearerChallenge;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.proof.AccessToken;
import dev.mintlog.edge.proof.AccessTokenVerifier;
import dev.mintlog.edge.proof.BearerToken;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The userinfo endpoint, OpenID Connect Core §5.3: what is known of the user that an access token is of. The token's
 * authorization is looked up each time, so that what was revoked tells nothing more.
 */
public final class UserInfoEndpoint implements Endpoint {
  // OpenID Connect Core §5.3: "The UserInfo Endpoint MUST support the use of the HTTP GET and HTTP POST methods".
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

  private final Supplier<RegistrySnapshot> registry;
  private final AccessTokenVerifier tokens;
  private final StoredReferenceTokens references;
  private final TokenStandings standings;
  private final DenialAudit denials;
  private final SignedResponses signed;

  public UserInfoEndpoint(Supplier<RegistrySnapshot> registry, AccessTokenVerifier tokens,
      StoredReferenceTokens references, TokenStandings standings, DenialAudit denials, SignedResponses signed) {
    this.registry = registry;
    this.tokens = tokens;
    this.references = references;
    this.standings = standings;
    this.denials = denials;
    this.signed = signed;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    boolean hasForm = exchange.request().method().equals(HttpMethod.POST)
        && exchange.request().headers().contains(HttpHeaders.CONTENT_TYPE);
    if (hasForm) {
      FormBody.readNothingElse(exchange, read -> read.either(
          form -> readToken(exchange, form),
          refusal -> Responses.refusal(exchange, refusal)));
    } else {
      readToken(exchange, Form.EMPTY);
    }
  }

  // RFC 6750 §2: "Clients MUST NOT use more than one method to transmit the token in each request." The third method, in
  // the query, is not served: RFC 9700 §4.3.2 has why.
  private void readToken(Exchange exchange, Form form) {
    Optional<String> inBody = form.find("access_token");
    if (exchange.repeatsAuthorization() || inBody.isPresent() && exchange.authorization().isPresent()) {
      refuse(exchange, Refusal.invalidRequest(
          "expected one access token, in Authorization or in the body, but found two"), true);
      return;
    }
    // RFC 6750 §3.1: a request "using an unsupported authentication method" lacks a token as one without any does.
    boolean came = inBody.isPresent() || BearerToken.isIn(exchange.authorization());
    Checked<String> presented =
        inBody.isPresent() ? Checked.accepted(inBody.get()) : BearerToken.ofHeader(exchange.authorization());
    RegistrySnapshot snapshot = registry.get();
    presented.either(text -> verify(exchange, snapshot, text, verified -> verified.either(
        token -> judge(exchange, snapshot, token),
        refusal -> refuse(exchange, refusal, came))), refusal -> refuse(exchange, refusal, came));
  }

  private void verify(Exchange exchange, RegistrySnapshot snapshot, String text, Consumer<Checked<AccessToken>> then) {
    if (!StoredReferenceTokens.mayBe(text)) {
      then.accept(tokens.verify(snapshot, exchange.tenant(), text, exchange.arrivedAt()));
      return;
    }
    references.token(exchange.tenant(), text, exchange.arrivedAt(), exchange.loop(),
        exchange.later(found -> found.either(
            token -> then.accept(Checked.accepted(token)),
            refusal -> {
              if (refusal.status() == 503) {
                Responses.refusal(exchange, refusal);
              } else {
                then.accept(Checked.refused(AccessTokenVerifier.invalidToken(refusal.description())));
              }
            })));
  }

  private void judge(Exchange exchange, RegistrySnapshot snapshot, AccessToken token) {
    snapshot.client(exchange.tenant(), token.clientId()).ifPresent(client -> CrossOrigin.keepFor(exchange, client));
    // RFC 9449 §7.2 and RFC 8705 §3: good only together with a proof of its key, which a bearer does not give.
    if (token.isBoundToAKey()) {
      refuse(exchange, AccessTokenVerifier.invalidToken(
          "expected a bearer token, but found one that is bound to a key"), true);
      return;
    }
    // OpenID Connect Core §5.4: "openid" is what makes it a request about a user.
    if (!token.scopes().contains(Scopes.OPENID)) {
      refuse(exchange, new Refusal(403, "insufficient_scope", "expected the scope openid", 0), true);
      return;
    }
    standings.ofAccess(exchange, snapshot, token, standing -> standing.match(
        good -> answer(exchange, snapshot, token,
            UserInfo.of(snapshot, exchange.tenant(), token, good.authorization())),
        ended -> refuse(exchange, AccessTokenVerifier.invalidToken(
            "expected an access token that stands, but it was revoked"), true),
        notKnown -> Responses.refusal(exchange, Refusal.tryAgain(notKnown.why()))));
  }

  private void answer(Exchange exchange, RegistrySnapshot snapshot, AccessToken token, JsonObject claims) {
    boolean isToBeSigned =
        snapshot.client(exchange.tenant(), token.clientId()).map(RegisteredClient::signedUserInfo).orElse(false);
    if (isToBeSigned) {
      claims.remove("sub");
      signed.userInfo(exchange, token.clientId(), snapshot.revision(), token.subject(), claims,
          refusal -> Responses.refusal(exchange, refusal));
    } else {
      Responses.json(exchange, 200, claims.encode());
    }
  }

  private void refuse(Exchange exchange, Refusal refusal, boolean tokenCame) {
    denials.refused(exchange.tenant(), Optional.empty(), Optional.empty(), refusal, registry.get().revision());
    Optional<String> scope = refusal.status() == 403 ? Optional.of(Scopes.OPENID) : Optional.empty();
    BearerChallenge.refuse(exchange, refusal, tokenCame, scope);
  }
}
