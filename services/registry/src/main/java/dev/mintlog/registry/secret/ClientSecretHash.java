package dev.mintlog.registry.secret;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hash of a client secret or a password. Two forms: {@code sha256:<base64url>} for generated secrets of 256 bits, which
 * nobody guesses, and {@code $argon2id$…} (RFC 9106) for those that people chose.
 */
public sealed interface ClientSecretHash {

  /** Whether the presented secret is the one hashed; takes the same time wherever they differ. */
  boolean verify(String presented);

  /** Whether {@link #verify} takes tens of milliseconds of CPU and belongs on a bounded pool. */
  boolean isSlow();

  /** The form it was parsed from. */
  String text();

  /**
   * Reads one of the two forms.
   *
   * @throws IllegalArgumentException with what was expected; the message does not repeat the text, which may be a secret
   */
  static ClientSecretHash parse(String text) {
    if (text.startsWith(Sha256.PREFIX)) {
      return Sha256.parse(text);
    }
    if (text.startsWith("$argon2id$")) {
      return Argon2id.parse(text);
    }
    throw new IllegalArgumentException("expected sha256:<base64url> or $argon2id$…, not a secret itself");
  }

  /** SHA-256 of a secret with at least 128 bits of entropy. */
  final class Sha256 implements ClientSecretHash {
    static final String PREFIX = "sha256:";
    private static final int DIGEST_BYTES = 32;

    private final byte[] digest;

    private Sha256(byte[] digest) {
      this.digest = digest;
    }

    static Sha256 of(String secret) {
      return new Sha256(sha256(secret));
    }

    private static Sha256 parse(String text) {
      byte[] digest;
      try {
        digest = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("expected base64url after sha256:");
      }
      if (digest.length != DIGEST_BYTES) {
        throw new IllegalArgumentException("expected 32 bytes (43 characters of base64url) after sha256:, found "
            + digest.length + " bytes");
      }
      return new Sha256(digest);
    }

    @Override
    public boolean verify(String presented) {
      return MessageDigest.isEqual(digest, sha256(presented));
    }

    @Override
    public boolean isSlow() {
      return false;
    }

    @Override
    public String text() {
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sha256 && MessageDigest.isEqual(digest, ((Sha256) other).digest);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
      return "sha256:…";
    }

    private static byte[] sha256(String secret) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** RFC 9106, in the PHC string form. */
  final class Argon2id implements ClientSecretHash {
    static final int MEMORY_KIB = 19 * 1024;
    static final int ITERATIONS = 2;
    static final int PARALLELISM = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    // A hash is the operator's, yet a slip of a digit must not make every sign-in cost a second or a gigabyte.
    private static final int MEMORY_KIB_MAX = 256 * 1024;
    private static final int ITERATIONS_MAX = 16;
    private static final int PARALLELISM_MAX = 16;

    private static final Pattern FORM = Pattern.compile(
        "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
            + "\\$[A-Za-z0-9+/]{11,86}={0,2}\\$[A-Za-z0-9+/]{22,86}={0,2}");

    private final String text;
    private final Argon2Function function;

    private Argon2id(String text) {
      this.text = text;
      this.function = Argon2Function.getInstanceFromHash(text);
    }

    static Argon2id of(String secret) {
      Argon2Function function =
          Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_BYTES, Argon2.ID);
      return new Argon2id(Password.hash(secret).addRandomSalt(SALT_BYTES).with(function).getResult());
    }

    private static Argon2id parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "expected $argon2id$v=19$m=…,t=…,p=…$<salt>$<hash> (RFC 9106), as `mintlog secret --hash` prints it");
      }
      within("m (KiB)", form.group(1), 8, MEMORY_KIB_MAX);
      within("t", form.group(2), 1, ITERATIONS_MAX);
      within("p", form.group(3), 1, PARALLELISM_MAX);
      return new Argon2id(text);
    }

    private static void within(String name, String digits, int least, int most) {
      int value = Integer.parseInt(digits);
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "expected Argon2id's " + name + " from " + least + " to " + most + ", found " + value);
      }
    }

    // password4j compares the hashes without leaving at the first difference.
    @Override
    public boolean verify(String presented) {
      return !presented.isEmpty() && Password.check(presented, text).with(function);
    }

    @Override
    public boolean isSlow() {
      return true;
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Argon2id && text.equals(((Argon2id) other).text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public String toString() {
      return "$argon2id$…";
    }
  }
}
