package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.edge.proof.AccessToken;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Function;

/**
 * The introspection endpoint, RFC 7662 §2. Asked by confidential clients, each about its own tokens, and by API resources,
 * each about the access tokens that are for it. Everything else is {@code {"active":false}}, as an unknown token is.
 */
final class IntrospectionEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);
  private static final String INACTIVE = "{\"active\":false}";

  private final ClientExchange callers;
  private final PresentedTokens tokens;
  private final TokenStandings standings;

  IntrospectionEndpoint(ClientExchange callers, PresentedTokens tokens, TokenStandings standings) {
    this.callers = callers;
    this.tokens = tokens;
    this.standings = standings;
  }

  // RFC 7662 §2.1: "The protected resource calls the introspection endpoint using an HTTP POST request".
  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.readNothingElse(exchange, read -> read.either(
        form -> callers.authenticateIntrospector(exchange, form, refusal -> refused(exchange, refusal),
            (caller, registry) -> readToken(exchange, form, caller, registry)),
        refusal -> Responses.refusal(exchange, refusal)));
  }

  // RFC 7662 §2.3: where the caller's credentials are invalid "the authorization server responds with an HTTP 401
  // (Unauthorized)", however they were presented.
  private static void refused(Exchange exchange, Refusal refusal) {
    if (refusal.error().equals(TokenError.INVALID_CLIENT.code())) {
      Responses.challenged(exchange, TokenResponses.BASIC_CHALLENGE, refusal);
    } else {
      Responses.refusal(exchange, refusal);
    }
  }

  private void readToken(Exchange exchange, Form form, RegisteredClient caller, RegistrySnapshot registry) {
    Introspection introspection = Introspection.by(caller, exchange.tenant(), registry);
    tokens.read(registry, exchange.tenant(), form, exchange.arrivedAt()).either(
        token -> token.match(
            access -> lookAt(exchange, introspection, registry, access.token()),
            refresh -> lookAt(exchange, introspection, registry, refresh),
            unknown -> inactive(exchange)),
        refusal -> Responses.refusal(exchange, refusal));
  }

  private void lookAt(Exchange exchange, Introspection introspection, RegistrySnapshot registry, AccessToken token) {
    if (!introspection.mayLookAt(token)) {
      inactive(exchange);
      return;
    }
    standings.ofAccess(exchange, registry, token,
        standing -> answer(exchange, standing, good -> introspection.of(token)));
  }

  private void lookAt(Exchange exchange, Introspection introspection, RegistrySnapshot registry,
      PresentedToken.Refresh handle) {
    // RFC 7662 §4: a resource that saw refresh tokens could tell them from access tokens by asking.
    if (introspection.isByResource()) {
      inactive(exchange);
      return;
    }
    standings.ofRefresh(exchange, registry, handle, introspection.callerId(),
        standing -> answer(exchange, standing, good -> good.authorization()
            .filter(authorization -> authorization.state() instanceof Active)
            .map(authorization -> introspection.of(authorization, (Active) authorization.state()))
            .orElseThrow()));
  }

  private static void answer(Exchange exchange, Standing standing,
      Function<Standing.Good, JsonObject> active) {
    standing.match(
        good -> Responses.json(exchange, 200, active.apply(good).encode()),
        ended -> inactive(exchange),
        // Not inactive: a resource would refuse who is let in a second later.
        notKnown -> Responses.refusal(exchange, Refusal.tryAgain(notKnown.why())));
  }

  // RFC 7662 §2.2: for a token that is not active "the authorization server SHOULD NOT include any additional information
  // about an inactive token, including why the token is inactive".
  private static void inactive(Exchange exchange) {
    Responses.json(exchange, 200, INACTIVE);
  }
}
