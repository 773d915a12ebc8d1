package dev.mintlog.client;

import java.util.Optional;

/** JWS algorithms that tokens are signed with, RFC 7518 §3.1 and RFC 8037 §3.1. */
public enum SigningAlgorithm {
  RS256("RS256"),
  PS256("PS256"),
  ES256("ES256"),
  EDDSA("EdDSA");

  private final String jws;

  SigningAlgorithm(String jws) {
    this.jws = jws;
  }

  /** The {@code alg} value. */
  public String jws() {
    return jws;
  }

  public static Optional<SigningAlgorithm> ofJws(String jws) {
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.jws.equals(jws)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
