package dev.mintlog.standalone.demo;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The RSA key that the clients of {@code mintlog bench} sign assertions with. It does not print.
 *
 * @param pkcs8 the private half, in base64
 */
record DemoAssertionKey(String pkcs8) {
  private static final int RSA_BITS = 2048;

  static DemoAssertionKey random() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      return new DemoAssertionKey(Base64.getEncoder().encodeToString(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /**
   * The public half as a JWK set, RFC 7517 §5.
   *
   * @throws IllegalArgumentException where it is no RSA key
   */
  String jwks() {
    try {
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pkcs8)));
      return "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"" + base64url(key.getModulus()) + "\", \"e\": \""
          + base64url(key.getPublicExponent()) + "\"}]}";
    } catch (GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException("expected an RSA key in PKCS#8 and base64", e);
    }
  }

  // RFC 7518 §2, Base64urlUInt: big endian, without a leading zero octet.
  private static String base64url(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  @Override
  public String toString() {
    return "DemoAssertionKey[redacted]";
  }
}
