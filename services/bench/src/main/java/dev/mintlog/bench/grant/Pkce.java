package dev.mintlog.bench.grant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mintlog.bench.script.Values;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.SplittableRandom;

/** Makes a code verifier and its S256 challenge for each authorization (RFC 7636 §4.1, §4.2). For one thread. */
public final class Pkce {

  public static final String VERIFIER = "code_verifier";
  public static final String CHALLENGE = "code_challenge";

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  // Not a secret worth keeping: it protects a code of a measurement on loopback, and a strong source costs CPU time.
  private final SplittableRandom random = new SplittableRandom();
  private final MessageDigest sha256;

  public Pkce() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public void makeFor(Values values) {
    byte[] octets = new byte[32];
    random.nextBytes(octets);
    String verifier = BASE64URL.encodeToString(octets);
    values.put(VERIFIER, verifier);
    values.put(CHALLENGE, BASE64URL.encodeToString(sha256.digest(verifier.getBytes(US_ASCII))));
  }
}
