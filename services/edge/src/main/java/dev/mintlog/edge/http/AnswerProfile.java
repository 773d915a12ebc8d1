package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Profile;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Map;
import java.util.Set;

/** How refusals look to a tenant's clients: the one place at the edge that knows profiles. */
enum AnswerProfile {
  RFC {
    /**
     * RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header field, the
     * authorization server MUST respond with an HTTP 401 (Unauthorized) status code and include the "WWW-Authenticate"
     * response header field matching the authentication scheme used by the client."
     */
    @Override
    Refusal tell(Refusal refusal, boolean byHeader) {
      return byHeader && refusal.error().equals(TokenError.INVALID_CLIENT.code()) ? refusal.withStatus(401) : refusal;
    }
  },

  IDENTITY_SERVER {
    @Override
    Refusal tell(Refusal refusal, boolean byHeader) {
      TokenError error = MISSING.get(refusal.missing());
      Refusal named = error == null ? refusal : refusal.withError(error);
      boolean isTheClients = named.status() >= 400 && named.status() < 500 && !KEPT.contains(named.status());
      return isTheClients ? named.withStatus(400) : named;
    }
  };

  /** Statuses of those servers, too: 415 of their revocation endpoint. 429 is no fault of the request. */
  private static final Set<Integer> KEPT = Set.of(415, 429);

  /** What the absence of a parameter is called there; {@code invalid_request} for all others. */
  private static final Map<String, TokenError> MISSING = Map.of(
      "grant_type", TokenError.UNSUPPORTED_GRANT_TYPE,
      "code", TokenError.INVALID_GRANT,
      "username", TokenError.INVALID_GRANT);

  /**
   * A refusal as it is answered; with 401 goes a challenge.
   *
   * @param byHeader whether the client used the Authorization header
   */
  abstract Refusal tell(Refusal refusal, boolean byHeader);

  static AnswerProfile of(RegistrySnapshot registry, String tenant) {
    Profile profile = registry.tenant(tenant).map(Tenant::policy).map(policy -> policy.profile()).orElse(Profile.RFC);
    return profile == Profile.IDENTITY_SERVER ? IDENTITY_SERVER : RFC;
  }
}
