package dev.mintlog.processor.jose;

import dev.mintlog.token.TokenClaims;
import dev.mintlog.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Compact JWS, RFC 7515 §3.1, in a compact JWE where it is encrypted. Thread-safe. */
public final class JoseTokenSigner implements TokenSigner {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final SigningKeys keys;

  public JoseTokenSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String sign(TokenClaims claims) {
    SigningKey key = keys.key(claims.key().kid());
    // RFC 8725 §3.1: a key is for one algorithm.
    if (key.algorithm() != claims.key().algorithm()) {
      throw new IllegalStateException("expected key " + claims.key().kid() + " to be for "
          + claims.key().algorithm().jws() + ", but it is for " + key.algorithm().jws());
    }
    // RFC 7515 §5.1: ASCII(BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload))
    String signingInput = key.header(claims.type()) + '.' + BASE64URL.encodeToString(ClaimsJson.of(claims));
    byte[] signature = key.sign(signingInput.getBytes(StandardCharsets.US_ASCII));
    String jws = signingInput + '.' + BASE64URL.encodeToString(signature);
    return claims.encryption().map(encryption -> NestedToken.encrypted(jws, encryption)).orElse(jws);
  }
}
