package dev.mintlog.client;

import java.util.Optional;

/**
 * A key that a sender proved to have, RFC 7800 §3: what the {@code cnf} of a token says. A public value.
 *
 * @param thumbprint base64url of a SHA-256, 43 characters: of the JWK (RFC 7638) or of the certificate's DER
 */
public record Confirmation(Method method, String thumbprint) {
  private static final int THUMBPRINT_CHARACTERS = 43;

  /** How the key was proved, by the member of {@code cnf} that says so. */
  public enum Method {
    /** RFC 9449 §6.1: a DPoP proof. */
    JKT("jkt"),
    /** RFC 8705 §3.1: a client certificate in the TLS handshake. */
    X5T_S256("x5t#S256");

    private final String member;

    Method(String member) {
      this.member = member;
    }

    /** The member of {@code cnf}. */
    public String member() {
      return member;
    }

    public static Optional<Method> ofMember(String member) {
      for (Method method : values()) {
        if (method.member.equals(member)) {
          return Optional.of(method);
        }
      }
      return Optional.empty();
    }
  }

  public Confirmation {
    if (!isThumbprint(thumbprint)) {
      throw new IllegalArgumentException("Expected 43 characters of base64url as thumbprint");
    }
  }

  /** Whether the text has the form of a SHA-256 in base64url. */
  public static boolean isThumbprint(String text) {
    return text.length() == THUMBPRINT_CHARACTERS && text.chars().allMatch(c ->
        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
  }
}
