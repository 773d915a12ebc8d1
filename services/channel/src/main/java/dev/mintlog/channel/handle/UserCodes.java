package dev.mintlog.channel.handle;

import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.channel.secret.SecretRing;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * user_codes, RFC 8628 §6.1: eight of twenty consonants, so that no word comes out of it; written {@code WDJB-MJHT}.
 * Their 34 bits must not rest as plain hashes, so digests are keyed with the channel secret. Thread-safe.
 */
public final class UserCodes {
  static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LETTERS = 8;
  /** Nobody types longer; what is longer is not looked at. */
  private static final int TYPED_CHARACTERS_MAX = 64;

  private final KeyedDigest digest;

  /** @param channel the channel secret and its predecessors */
  public UserCodes(SecretRing channel) {
    this.digest = new KeyedDigest(channel, "user code");
  }

  public String random(SecureRandom random) {
    StringBuilder code = new StringBuilder(LETTERS + 1);
    for (int i = 0; i < LETTERS; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.insert(LETTERS / 2, '-').toString();
  }

  /**
   * The code that a user meant: RFC 8628 §6.1 asks to ignore case and punctuation.
   *
   * @return the form {@code XXXX-XXXX}, or empty where it cannot be one of ours
   */
  public Optional<String> normalise(String typed) {
    if (typed.length() > TYPED_CHARACTERS_MAX) {
      return Optional.empty();
    }
    StringBuilder code = new StringBuilder(LETTERS + 1);
    for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
      if (ALPHABET.indexOf(c) >= 0) {
        code.append(c);
      } else if (Character.isLetterOrDigit(c)) {
        return Optional.empty();
      }
    }
    return code.length() == LETTERS ? Optional.of(code.insert(LETTERS / 2, '-').toString()) : Optional.empty();
  }

  /**
   * Digests of a normalised code, under the current secret first and then under each accepted one: a pointer written
   * under a predecessor is found too. What is written is the first.
   */
  public List<String> digests(String tenant, String code) {
    return digest.digests(tenant, code);
  }
}
