package dev.mintlog.edge.command.grant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digest that travels in place of a code_verifier. */
final class CodeVerifier {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private CodeVerifier() {}

  /** RFC 7636 §4.6: BASE64URL-ENCODE(SHA256(ASCII(code_verifier))). */
  static String s256(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return BASE64URL.encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
