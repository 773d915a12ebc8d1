package dev.mintlog.client;

import java.util.List;

/**
 * How ID tokens are encrypted for a client, OpenID Connect Core §10.2; checked where it was registered.
 *
 * @param algorithm {@code alg}, RFC 7518 §4.1: one of {@link #ALGORITHMS}
 * @param method {@code enc}, RFC 7518 §5.1: one of {@link #METHODS}
 * @param publicJwk the client's public key, RFC 7517, as the text of a JSON object
 */
public record IdTokenEncryption(String algorithm, String method, String publicJwk) {
  /** With public keys alone. RSA1_5 is left out, RFC 8725 §3.2, and so is RSA-OAEP with SHA-1. */
  public static final List<String> ALGORITHMS =
      List.of("RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW");

  /** Each authenticates what it encrypts. */
  public static final List<String> METHODS = List.of("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM");
}
