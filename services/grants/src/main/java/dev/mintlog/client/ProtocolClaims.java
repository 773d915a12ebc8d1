package dev.mintlog.client;

import java.util.Set;

/**
 * Names that mean something to whoever verifies a token, whether this token has them or not: only the protocol sets them.
 * RFC 7519 §4.1, RFC 9068 §2.2, OpenID Connect Core §2, RFC 7800 §3, RFC 8693 §4, RFC 9396 §9.
 */
public final class ProtocolClaims {
  private static final Set<String> NAMES = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "nonce",
      "at_hash", "c_hash", "s_hash", "auth_time", "acr", "amr", "cnf", "act", "client_id", "scope", "sid",
      "authorization_details", "events");

  private ProtocolClaims() {}

  /** Whether nobody else may set a claim of this name. */
  public static boolean contains(String name) {
    return NAMES.contains(name);
  }
}
