package dev.mintlog.edge.proof.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the claims of every assertion have to be that is an authorization grant, RFC 7523 §3; whom it is about apart. */
final class GrantAssertionChecks {
  private GrantAssertionChecks() {}

  /** @param names what this server may be called */
  static Checked<AssertionClaims> check(AssertionClaims claims, Set<String> names, Instant now) {
    return audience(claims, names).or(() -> jti(claims))
        // RFC 7523 §3: "The JWT MUST contain an "exp" (expiration time) claim", "MAY contain an "nbf" (not before) claim
        // that identifies the time before which the token MUST NOT be accepted for processing", "MAY contain an "iat"".
        .or(() -> claims.untimely(now).or(() -> claims.livesTooLong(now))
            .map(refusal -> refusal.withError(TokenError.INVALID_GRANT)))
        .<Checked<AssertionClaims>>map(Checked::refused).orElseGet(() -> Checked.accepted(claims));
  }

  // RFC 7523 §3: "The JWT MUST contain an "aud" (audience) claim containing a value that identifies the authorization
  // server as an intended audience." Of several, another could present it here as well, or we there.
  private static Optional<Refusal> audience(AssertionClaims claims, Set<String> names) {
    if (claims.audiences().size() > 1) {
      return wrong("expected one aud in the assertion, but found " + claims.audiences().size());
    }
    return claims.isFor(names) ? Optional.empty()
        : wrong("expected as aud of the assertion one of " + String.join(", ", new TreeSet<>(names))
            + ", but found " + (claims.audiences().isEmpty() ? "none" : "another"));
  }

  // RFC 7523 §3: "The JWT MAY contain a "jti" (JWT ID) claim that provides a unique identifier for the token." Here it
  // must: without it nobody could tell a replay.
  private static Optional<Refusal> jti(AssertionClaims claims) {
    return claims.jti().isPresent() ? Optional.empty() : wrong("expected a jti in the assertion, but found none");
  }

  private static Optional<Refusal> wrong(String description) {
    return Optional.of(Refusal.invalidGrant(description));
  }
}
