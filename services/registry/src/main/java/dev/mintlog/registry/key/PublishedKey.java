package dev.mintlog.registry.key;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant's signing key as everybody may see it.
 *
 * @param kid unique, never given to another key
 * @param signFrom first time it may sign
 * @param publicJwk RFC 7517 with {@code kid}, {@code use}, {@code alg}, {@code x5c}, {@code x5t#S256}; no private member
 * @param sealedPrivate the private JWK, sealed under the key-encryption key
 * @param tokenLifetimeMax how long a token that it signed lives at most: the longest lifetime that any client of the
 *     tenant has had since the key was made
 */
public record PublishedKey(
    String tenant,
    String kid,
    SigningAlgorithm algorithm,
    Instant signFrom,
    Map<String, Object> publicJwk,
    byte[] sealedPrivate,
    Duration tokenLifetimeMax) {

  /**
   * By first use; of two with one signFrom the smaller kid is first, and signs. The log's order is lost where entries are
   * compacted or written again, and every reader must choose alike.
   */
  public static final Comparator<PublishedKey> IN_ORDER_OF_USE =
      Comparator.comparing(PublishedKey::signFrom).thenComparing(PublishedKey::kid);

  /** The longest lifetime that a token can be registered with. */
  public static final Duration TOKEN_LIFETIME_MAX = Duration.ofDays(7);

  /** A key of which it is not known how long its tokens live. */
  public PublishedKey(String tenant, String kid, SigningAlgorithm algorithm, Instant signFrom,
      Map<String, Object> publicJwk, byte[] sealedPrivate) {
    this(tenant, kid, algorithm, signFrom, publicJwk, sealedPrivate, TOKEN_LIFETIME_MAX);
  }

  public PublishedKey {
    publicJwk = Collections.unmodifiableMap(new LinkedHashMap<>(publicJwk));
    sealedPrivate = sealedPrivate.clone();
  }

  @Override
  public byte[] sealedPrivate() {
    return sealedPrivate.clone();
  }

  /** The same, of which tokens may live this long. */
  public PublishedKey withTokenLifetimeMax(Duration lifetime) {
    return new PublishedKey(tenant, kid, algorithm, signFrom, publicJwk, sealedPrivate, lifetime);
  }

  public SigningKeyRef ref() {
    return new SigningKeyRef(kid, algorithm, signFrom);
  }

  @Override
  public String toString() {
    return "PublishedKey[" + tenant + ", " + kid + ", " + algorithm.jws() + "]";
  }
}
