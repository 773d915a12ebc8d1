package dev.mintlog.extension;

import dev.mintlog.client.ClaimValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The user that a credential stands for.
 *
 * @param subject the opaque {@code sub}
 * @param authTime when the user was authenticated; goes into the ID token
 * @param acr authentication context class, OpenID Connect Core §2
 * @param amr authentication methods, RFC 8176; at most {@value #AMR_MAX}
 * @param claims what it knows of the user; access tokens have those that an API resource wants
 */
public record VerifiedUser(
    String subject, Optional<Instant> authTime, Optional<String> acr, List<String> amr, ClaimValues claims) {
  /** OpenID Connect Core §2: "It MUST NOT exceed 255 ASCII characters in length." */
  public static final int SUBJECT_CHARACTERS_MAX = 255;
  /** Longest acr and longest entry of amr. */
  public static final int TEXT_CHARACTERS_MAX = 255;
  public static final int AMR_MAX = 16;

  /** @throws IllegalArgumentException where a part breaks its form or its bound */
  public VerifiedUser {
    amr = List.copyOf(amr);
    if (!isSubject(subject)) {
      throw new IllegalArgumentException(
          "Expected a subject of 1 to " + SUBJECT_CHARACTERS_MAX + " visible ASCII characters");
    }
    if (!acr.stream().allMatch(text -> isShortAscii(text, TEXT_CHARACTERS_MAX))) {
      throw new IllegalArgumentException("Expected an acr of 1 to " + TEXT_CHARACTERS_MAX + " visible ASCII characters");
    }
    if (amr.size() > AMR_MAX || !amr.stream().allMatch(text -> isShortAscii(text, TEXT_CHARACTERS_MAX))) {
      throw new IllegalArgumentException("Expected at most " + AMR_MAX + " amr, each of 1 to " + TEXT_CHARACTERS_MAX
          + " visible ASCII characters");
    }
  }

  /** A user of whom nothing more is said. */
  public static VerifiedUser of(String subject) {
    return new VerifiedUser(subject, Optional.empty(), Optional.empty(), List.of(), ClaimValues.NONE);
  }

  /** Whether a text may be a subject. */
  public static boolean isSubject(String text) {
    return isShortAscii(text, SUBJECT_CHARACTERS_MAX);
  }

  public VerifiedUser authenticatedAt(Instant time) {
    return new VerifiedUser(subject, Optional.of(time), acr, amr, claims);
  }

  public VerifiedUser withAcr(String value) {
    return new VerifiedUser(subject, authTime, Optional.of(value), amr, claims);
  }

  public VerifiedUser withAmr(String... methods) {
    return new VerifiedUser(subject, authTime, acr, List.of(methods), claims);
  }

  public VerifiedUser withClaims(ClaimValues values) {
    return new VerifiedUser(subject, authTime, acr, amr, values);
  }

  private static boolean isShortAscii(String text, int charactersMax) {
    return !text.isEmpty() && text.length() <= charactersMax && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  @Override
  public String toString() {
    return "VerifiedUser[" + subject + "]";
  }
}
