package dev.mintlog.edge.assertion;

import java.util.Optional;

/**
 * What an assertion's header says about its key: any of them, or nothing. Thumbprints are base64url without padding.
 *
 * @param kid RFC 7515 §4.1.4
 * @param x5t SHA-1 of the certificate, RFC 7515 §4.1.7
 * @param x5tS256 SHA-256 of the certificate, RFC 7515 §4.1.8
 */
public record KeyHint(Optional<String> kid, Optional<String> x5t, Optional<String> x5tS256) {

  static KeyHint of(Optional<String> kid, Optional<String> x5t, Optional<String> x5tS256) {
    return new KeyHint(kid, x5t.map(KeyHint::base64url), x5tS256.map(KeyHint::base64url));
  }

  // Clients in the field write thumbprints in either alphabet, with padding and without.
  static String base64url(String thumbprint) {
    String text = thumbprint.replace('+', '-').replace('/', '_');
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return text.substring(0, end);
  }
}
