package dev.mintlog.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import java.time.Instant;
import java.util.Optional;

/** Whether a consent given earlier still stands. */
public final class ConsentCheck {
  private ConsentCheck() {}

  public static Optional<Decision> refusal(Authorization authorization, Consent consent, Registration registration) {
    if (consent.isWithdrawn(registration.revocations())) {
      return Optional.of(Decision.denied(TokenError.INVALID_GRANT,
          "expected an issuer of assertions that the client is registered for, but it is not any more"));
    }
    if (isRevoked(authorization.bornAt(), consent, registration)) {
      return Optional.of(Decision.denied(TokenError.INVALID_GRANT, "expected a consent that stands, but it was revoked"));
    }
    return RequestedScopes.refusal(consent.scopes(), registration.client().allowedScopes())
        .map(Decision::unchanged);
  }

  /** Whether what was born then has ended by now, because the user is disabled, say, or who vouched for them is gone. */
  public static boolean isRevoked(Instant bornAt, Consent consent, Registration registration) {
    return consent.isRevoked(bornAt, registration.revocations());
  }
}
