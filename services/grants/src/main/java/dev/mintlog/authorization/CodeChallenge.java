package dev.mintlog.authorization;

import java.util.regex.Pattern;

/**
 * An S256 code challenge, RFC 7636 §4.2: BASE64URL(SHA-256(code_verifier)). The method {@code plain} does not exist here:
 * a verifier is digested at the edge and its digest is what travels, so both sides of the comparison have this type.
 *
 * @param value 43 characters of base64url
 */
public record CodeChallenge(String value) {
  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  public CodeChallenge {
    if (!isS256(value)) {
      throw new IllegalArgumentException("Expected 43 characters of base64url as S256 code_challenge, but found "
          + value.length() + " characters");
    }
  }

  /** Whether the text has the form of an S256 challenge. */
  public static boolean isS256(String text) {
    return S256.matcher(text).matches();
  }
}
