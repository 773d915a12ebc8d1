package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.Optional;

/**
 * A backchannel authentication as the login application sees it.
 *
 * @param status pending, approved, refused or redeemed
 * @param subject the user who is asked
 * @param scopes asked for while pending or refused, granted afterwards
 * @param asked what the client sent for the user to see; empty once redeemed
 * @param expiresAt until when it can be decided on and polled for; empty once redeemed
 */
record BackchannelView(String clientId, String status, String subject, Scopes scopes,
    Optional<BackchannelRequest> asked, Optional<Instant> expiresAt) {

  /** What there is to see at a time; empty where it is none, has expired or was revoked. */
  static Optional<BackchannelView> of(Authorization authorization, Instant now) {
    return authorization.state().match(
        code -> Optional.empty(),
        pending -> waiting(pending.request(), "pending", pending.request().scopes(), now),
        approved -> waiting(approved.request(), "approved", approved.consent().scopes(), now),
        refused -> waiting(refused.request(), "refused", refused.request().scopes(), now),
        BackchannelView::redeemed,
        revoked -> Optional.empty());
  }

  private static Optional<BackchannelView> waiting(PolledRequest request, String status, Scopes scopes, Instant now) {
    return request.backchannel().filter(asked -> !request.isExpired(now)).map(asked -> new BackchannelView(
        request.clientId(), status, asked.subject(), scopes, Optional.of(asked), Optional.of(request.expiresAt())));
  }

  private static Optional<BackchannelView> redeemed(Active active) {
    Consent consent = active.consent();
    return active.origin() == HandleKind.AUTH_REQ_ID
        ? Optional.of(new BackchannelView(active.clientId(), "redeemed", consent.subject(), consent.scopes(),
            Optional.empty(), Optional.empty()))
        : Optional.empty();
  }
}
