package dev.mintlog.edge.assertion;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A secret that a client shares with us, for MACs: {@code client_secret_jwt}, OpenID Connect Core §9. It does not print. */
final class SharedAssertionKey implements AssertionKey {
  /** By JWS algorithm, RFC 7518 §3.2. */
  private static final Map<String, MacForm> FORMS = Map.of(
      "HS256", new MacForm("HmacSHA256", 32), "HS384", new MacForm("HmacSHA384", 48),
      "HS512", new MacForm("HmacSHA512", 64));
  /** What a lenient client's header may say and does not mean. */
  private static final String MISNOMER = "RS256";

  private final SecretKey key;
  private final Optional<Instant> expiresAt;
  private final Set<String> algorithms;
  private final boolean isLenient;

  /**
   * @param secret its bytes decide which algorithms it is long enough for
   * @param allowed algorithms that the registration allows; empty for all that the secret is long enough for
   * @param isLenient whether a MAC also counts that calls itself RS256 or is encoded twice: PSAuthClient's
   */
  SharedAssertionKey(byte[] secret, Optional<Instant> expiresAt, Set<String> allowed, boolean isLenient) {
    this.key = new SecretKeySpec(secret, "HMAC");
    this.expiresAt = expiresAt;
    this.algorithms = FORMS.keySet().stream()
        .filter(name -> allowed.isEmpty() || allowed.contains(name))
        // RFC 7518 §3.2: "A key of the same size as the hash output […] or larger MUST be used with this algorithm."
        .filter(name -> secret.length >= FORMS.get(name).keyBytesMin())
        .collect(Collectors.toUnmodifiableSet());
    this.isLenient = isLenient;
  }

  /** A secret has no name: a kid beside it means nothing. */
  @Override
  public boolean mayBe(KeyHint hint) {
    return true;
  }

  @Override
  public boolean hasSigned(Assertion assertion, Instant now) {
    if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
      return false;
    }
    // The client is registered with secrets alone, so no public key can be mistaken for one, whatever its header says.
    String algorithm = isLenient && assertion.algorithm().equals(MISNOMER) ? "HS256" : assertion.algorithm();
    if (!algorithms.contains(algorithm)) {
      return false;
    }
    byte[] mac = mac(FORMS.get(algorithm).jca(), assertion.signingInput());
    byte[] found = assertion.signature().decode();
    Stream<byte[]> forms = isLenient
        ? Stream.of(mac, Base64.getEncoder().encodeToString(mac).getBytes(StandardCharsets.US_ASCII)) : Stream.of(mac);
    Predicate<byte[]> isFound = form -> MessageDigest.isEqual(form, found);
    return forms.anyMatch(isFound);
  }

  private byte[] mac(String algorithm, byte[] input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(key);
      return mac.doFinal(input);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private record MacForm(String jca, int keyBytesMin) {}
}
