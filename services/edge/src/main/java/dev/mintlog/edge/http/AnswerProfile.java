package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Profile;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Map;

/** How refusals look to a tenant's clients: the one place at the edge that knows profiles. */
enum AnswerProfile {
  RFC {
    /**
     * RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header field, the
     * authorization server MUST respond with an HTTP 401 (Unauthorized) status code and include the "WWW-Authenticate"
     * response header field matching the authentication scheme used by the client."
     */
    @Override
    Told tell(Refusal refusal, boolean byHeader) {
      boolean challenges = byHeader && refusal.error().equals(TokenError.INVALID_CLIENT.code());
      return new Told(challenges ? refusal.withStatus(401) : refusal, challenges);
    }
  },

  IDENTITY_SERVER {
    @Override
    Told tell(Refusal refusal, boolean byHeader) {
      TokenError error = MISSING.get(refusal.missing());
      Refusal named = error == null ? refusal : refusal.withError(error);
      boolean isTheClients = named.status() >= 400 && named.status() < 500 && named.status() != 429;
      return new Told(isTheClients ? named.withStatus(400) : named, false);
    }
  };

  /** What the absence of a parameter is called there; {@code invalid_request} for all others. */
  private static final Map<String, TokenError> MISSING = Map.of(
      "grant_type", TokenError.UNSUPPORTED_GRANT_TYPE,
      "code", TokenError.INVALID_GRANT,
      "username", TokenError.INVALID_GRANT);

  /**
   * A refusal as it is answered.
   *
   * @param challenges whether {@code WWW-Authenticate} goes with it
   */
  record Told(Refusal refusal, boolean challenges) {}

  /** @param byHeader whether the client used the Authorization header */
  abstract Told tell(Refusal refusal, boolean byHeader);

  static AnswerProfile of(RegistrySnapshot registry, String tenant) {
    Profile profile = registry.tenant(tenant).map(Tenant::policy).map(policy -> policy.profile()).orElse(Profile.RFC);
    return profile == Profile.IDENTITY_SERVER ? IDENTITY_SERVER : RFC;
  }
}
