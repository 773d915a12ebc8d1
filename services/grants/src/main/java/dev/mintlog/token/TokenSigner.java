package dev.mintlog.token;

/** Port: makes a compact JWS of claims, RFC 7515 §3.1; in a compact JWE, RFC 7516 §3.1, where they are encrypted. */
@FunctionalInterface
public interface TokenSigner {

  /**
   * Signs with the key the claims name.
   *
   * @throws IllegalStateException where that key is not known here
   */
  String sign(TokenClaims claims);
}
