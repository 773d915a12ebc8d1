package dev.mintlog.edge.http.inspection;

import dev.mintlog.client.Scopes;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.inspection.ShownToken.Scheme;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.proof.token.AccessTokenVerifier;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
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
  private final ShownTokens tokens;
  private final TokenKeys keys;
  private final TokenStandings standings;
  private final SignedResponses signed;
  private final ProofSpending spending;
  private final UserInfoRefusals refusals;

  public UserInfoEndpoint(Supplier<RegistrySnapshot> registry, ShownTokens tokens, TokenKeys keys,
      TokenStandings standings, DenialAudit denials, SignedResponses signed, ProofSpending spending) {
    this.registry = registry;
    this.tokens = tokens;
    this.keys = keys;
    this.standings = standings;
    this.signed = signed;
    this.spending = spending;
    this.refusals = new UserInfoRefusals(denials, registry);
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
      refusals.refuseWithoutToken(exchange, Refusal.invalidRequest(
          "expected one access token, in Authorization or in the body, but found two"), true);
      return;
    }
    // RFC 6750 §3.1: a request "using an unsupported authentication method" lacks a token as one without any does.
    inBody.map(ShownToken::inBody).or(() -> ShownToken.inHeader(exchange.authorization())).ifPresentOrElse(
        shown -> verify(exchange, registry.get(), shown),
        () -> refusals.refuseWithoutToken(exchange, AccessTokenVerifier.invalidToken(
            "expected an access token in Authorization, with the scheme Bearer or DPoP, but found none"), false));
  }

  private void verify(Exchange exchange, RegistrySnapshot snapshot, ShownToken shown) {
    tokens.verify(exchange, snapshot, shown, verified -> verified.either(
        token -> judge(exchange, snapshot, token, shown),
        refusal -> refusals.refuse(exchange, shown.scheme(), refusal)));
  }

  private void judge(Exchange exchange, RegistrySnapshot snapshot, AccessToken token, ShownToken shown) {
    snapshot.client(exchange.tenant(), token.clientId()).ifPresent(client -> CrossOrigin.keepFor(exchange, client));
    Scheme scheme = TokenKeys.schemeOf(token, shown);
    Optional<Refusal> withoutKey = keys.check(exchange, snapshot, token, shown);
    if (withoutKey.isPresent()) {
      refusals.refuse(exchange, scheme, withoutKey.get());
      return;
    }
    // OpenID Connect Core §5.4: "openid" is what makes it a request about a user.
    if (!token.scopes().contains(Scopes.OPENID)) {
      refusals.refuse(exchange, scheme, new Refusal(403, "insufficient_scope", "expected the scope openid", 0));
      return;
    }
    standings.ofAccess(exchange, snapshot, token, standing -> standing.match(
        good -> answer(exchange, snapshot, token, scheme,
            UserInfo.of(snapshot, exchange.tenant(), token, good.authorization())),
        ended -> refusals.refuse(exchange, scheme, AccessTokenVerifier.invalidToken(
            "expected an access token that stands, but it was revoked")),
        notKnown -> Responses.refusal(exchange, Refusal.tryAgain(notKnown.why()))));
  }

  private void answer(
      Exchange exchange, RegistrySnapshot snapshot, AccessToken token, Scheme scheme, JsonObject claims) {
    // It stands, so its client is registered.
    RegisteredClient client = snapshot.client(exchange.tenant(), token.clientId()).orElseThrow();
    Consumer<Refusal> refused = refusal -> refusals.refuseDecided(exchange, scheme, refusal);
    if (client.signedUserInfo()) {
      claims.remove("sub");
      signed.userInfo(exchange, client, snapshot.revision(), token.subject(), claims, refused);
    } else {
      spending.spend(exchange, client, snapshot.revision(), refused,
          () -> Responses.json(exchange, 200, claims.encode()));
    }
  }
}
