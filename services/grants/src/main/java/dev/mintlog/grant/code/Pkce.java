package dev.mintlog.grant.code;

import dev.mintlog.authorization.CodeChallenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** How a code_verifier compares with the challenge of the code, RFC 7636 §4.6. */
enum Pkce {
  FITS(""),
  WRONG("expected the code_verifier of the code_challenge, but found another"),
  VERIFIER_MISSING("expected a code_verifier, because the authorization request had a code_challenge"),
  CHALLENGE_MISSING("expected no code_verifier, because the authorization request had no code_challenge"),
  REQUIRED("expected a code with a code_challenge, because the client must use PKCE");

  private final String description;

  Pkce(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  static Pkce compare(Optional<CodeChallenge> challenge, Optional<CodeChallenge> verified, boolean required) {
    if (challenge.isEmpty()) {
      // RFC 9700 §2.1.1: a code_verifier is accepted only where a code_challenge was present, against downgrade.
      return verified.isPresent() ? CHALLENGE_MISSING : required ? REQUIRED : FITS;
    }
    if (verified.isEmpty()) {
      return VERIFIER_MISSING;
    }
    boolean equal = MessageDigest.isEqual(
        challenge.get().value().getBytes(StandardCharsets.US_ASCII),
        verified.get().value().getBytes(StandardCharsets.US_ASCII));
    return equal ? FITS : WRONG;
  }
}
