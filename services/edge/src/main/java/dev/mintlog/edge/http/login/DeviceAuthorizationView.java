package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.Optional;

/**
 * A device authorization as the login application sees it.
 *
 * @param status pending, approved, refused or redeemed
 * @param scopes asked for while pending, granted afterwards
 * @param expiresAt until when it can be decided on and polled for; empty once redeemed
 */
record DeviceAuthorizationView(String clientId, String status, Scopes scopes, Optional<Instant> expiresAt) {

  /** What there is to see at a time; empty where it is none, has expired or was revoked. */
  static Optional<DeviceAuthorizationView> of(Authorization authorization, Instant now) {
    AuthorizationState state = authorization.state();
    return state.match(
        code -> Optional.empty(),
        pending -> waiting(pending.request(), "pending", pending.request().scopes(), now),
        approved -> waiting(approved.request(), "approved", approved.consent().scopes(), now),
        refused -> waiting(refused.request(), "refused", refused.request().scopes(), now),
        active -> active.origin() == HandleKind.DEVICE_CODE
            ? Optional.of(new DeviceAuthorizationView(
                active.clientId(), "redeemed", active.consent().scopes(), Optional.empty()))
            : Optional.empty(),
        revoked -> Optional.empty());
  }

  private static Optional<DeviceAuthorizationView> waiting(PolledRequest request, String status, Scopes scopes,
      Instant now) {
    return request.isExpired(now)
        ? Optional.empty()
        : Optional.of(
            new DeviceAuthorizationView(request.clientId(), status, scopes, Optional.of(request.expiresAt())));
  }
}
