package dev.mintlog.edge.proof.token;

import dev.mintlog.edge.request.Checked;
import java.util.Optional;

/** The bearer token of a request, RFC 6750 §2. */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Whether the header is of the Bearer scheme. */
  public static boolean isIn(Optional<String> authorization) {
    return authorization.isPresent() && authorization.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** RFC 6750 §2.1: the token in the Authorization header. */
  public static Checked<String> ofHeader(Optional<String> authorization) {
    return isIn(authorization)
        ? Checked.accepted(authorization.get().substring(SCHEME.length()).trim())
        : Checked.refused(AccessTokenVerifier.invalidToken(
            "expected a bearer access token in Authorization, but found none"));
  }
}
