package dev.mintlog.edge.http.inspection;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Function;

/**
 * The introspection endpoint, RFC 7662 §2. Asked by confidential clients, each about its own tokens, and by API resources,
 * each about the access tokens that are for it. Everything else is {@code {"active":false}}, as an unknown token is.
 */
public final class IntrospectionEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final ClientExchange callers;
  private final PresentedTokens tokens;
  private final TokenStandings standings;
  private final SignedResponses signed;
  private final ProofSpending spending;

  public IntrospectionEndpoint(ClientExchange callers, PresentedTokens tokens, TokenStandings standings,
      SignedResponses signed, ProofSpending spending) {
    this.callers = callers;
    this.tokens = tokens;
    this.standings = standings;
    this.signed = signed;
    this.spending = spending;
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
      Responses.challenged(exchange, ErrorResponses.basicChallenge(refusal), refusal);
    } else {
      Responses.refusal(exchange, refusal);
    }
  }

  private void readToken(Exchange exchange, Form form, RegisteredClient caller, RegistrySnapshot registry) {
    Introspection introspection = Introspection.by(caller, exchange.tenant(), registry);
    tokens.read(registry, exchange.tenant(), form, exchange.arrivedAt()).either(
        token -> token.match(
            access -> lookAt(exchange, introspection, registry, access.token()),
            reference -> lookAt(exchange, introspection, registry, reference),
            refresh -> lookAt(exchange, introspection, registry, refresh),
            unknown -> inactive(exchange, introspection)),
        refusal -> Responses.refusal(exchange, refusal));
  }

  private void lookAt(Exchange exchange, Introspection introspection, RegistrySnapshot registry, AccessToken token) {
    if (!introspection.mayLookAt(token)) {
      inactive(exchange, introspection);
      return;
    }
    standings.ofAccess(exchange, registry, token,
        standing -> answer(exchange, introspection, standing, good -> introspection.of(token)));
  }

  // Whom it is for, the state says: who may look at it is known afterwards only.
  private void lookAt(Exchange exchange, Introspection introspection, RegistrySnapshot registry,
      PresentedToken.Reference handle) {
    standings.ofReference(exchange, registry, handle, standing -> standing.match(
        good -> good.authorization()
            .flatMap(found -> ReferencedToken.find(found, handle.number(), exchange.arrivedAt()))
            .filter(introspection::mayLookAt)
            .ifPresentOrElse(token -> answer(exchange, introspection, introspection.of(token)),
                () -> inactive(exchange, introspection)),
        ended -> inactive(exchange, introspection),
        notKnown -> Responses.refusal(exchange, Refusal.tryAgain(notKnown.why()))));
  }

  private void lookAt(Exchange exchange, Introspection introspection, RegistrySnapshot registry,
      PresentedToken.Refresh handle) {
    // RFC 7662 §4: a resource that saw refresh tokens could tell them from access tokens by asking.
    if (introspection.isByResource()) {
      inactive(exchange, introspection);
      return;
    }
    standings.ofRefresh(exchange, registry, handle, introspection.callerId(),
        standing -> answer(exchange, introspection, standing, good -> good.authorization()
            .filter(authorization -> authorization.state() instanceof Active)
            .map(authorization -> introspection.of(authorization, (Active) authorization.state()))
            .orElseThrow()));
  }

  private void answer(Exchange exchange, Introspection introspection, Standing standing,
      Function<Standing.Good, JsonObject> active) {
    standing.match(
        good -> answer(exchange, introspection, active.apply(good)),
        ended -> inactive(exchange, introspection),
        // Not inactive: a resource would refuse who is let in a second later.
        notKnown -> Responses.refusal(exchange, Refusal.tryAgain(notKnown.why())));
  }

  // RFC 7662 §2.2: for a token that is not active "the authorization server SHOULD NOT include any additional information
  // about an inactive token, including why the token is inactive".
  private void inactive(Exchange exchange, Introspection introspection) {
    answer(exchange, introspection, new JsonObject().put("active", false));
  }

  // RFC 9701 §4: the caller asks "by sending an introspection request with an "Accept" HTTP header field set to
  // "application/token-introspection+jwt"".
  private void answer(Exchange exchange, Introspection introspection, JsonObject found) {
    if (SignedResponses.wantsSignedIntrospection(exchange)) {
      signed.introspection(exchange, introspection.caller(), introspection.registry().revision(), found,
          refusal -> refused(exchange, refusal));
    } else {
      // OpenID Connect Core §9: a client's assertion "MUST only be used once", also for a question.
      spending.spend(exchange, introspection.caller(), introspection.registry().revision(),
          refusal -> refused(exchange, refusal), () -> Responses.json(exchange, 200, found.encode()));
    }
  }
}
