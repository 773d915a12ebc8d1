package dev.mintlog.token;

import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.SigningKeyRef;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be signed.
 *
 * @param type the JWS {@code typ}
 * @param claims JSON values: String, Long, List of String or of AuthorizationDetail, Map of those; in the order they are
 *     written
 * @param further claims to be added where the protocol's own leave their names free
 * @param encryption how the signed token is encrypted; empty where it is not
 */
public record TokenClaims(String type, SigningKeyRef key, Map<String, Object> claims, Optional<FurtherClaims> further,
    Optional<IdTokenEncryption> encryption) {
  /** RFC 9068 §2.1. */
  public static final String ACCESS_TOKEN = "at+jwt";

  public static final String ID_TOKEN = "JWT";

  public TokenClaims {
    claims = Collections.unmodifiableMap(claims);
  }

  /** What is signed only. */
  public TokenClaims(String type, SigningKeyRef key, Map<String, Object> claims, Optional<FurtherClaims> further) {
    this(type, key, claims, further, Optional.empty());
  }

  @Override
  public String toString() {
    return "TokenClaims[" + type + ", kid " + key.kid() + "]";
  }
}
