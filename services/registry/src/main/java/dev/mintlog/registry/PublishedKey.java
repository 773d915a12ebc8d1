package dev.mintlog.registry;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant's signing key as everybody may see it.
 *
 * @param kid unique, never given to another key
 * @param signFrom first time it may sign
 * @param publicJwk RFC 7517 with {@code kid}, {@code use}, {@code alg}, {@code x5c}, {@code x5t#S256}; no private member
 * @param sealedPrivate the private JWK, sealed under the key-encryption key
 */
public record PublishedKey(
    String tenant,
    String kid,
    SigningAlgorithm algorithm,
    Instant signFrom,
    Map<String, Object> publicJwk,
    byte[] sealedPrivate) {

  public PublishedKey {
    publicJwk = Collections.unmodifiableMap(new LinkedHashMap<>(publicJwk));
    sealedPrivate = sealedPrivate.clone();
  }

  @Override
  public byte[] sealedPrivate() {
    return sealedPrivate.clone();
  }

  public SigningKeyRef ref() {
    return new SigningKeyRef(kid, algorithm, signFrom);
  }

  @Override
  public String toString() {
    return "PublishedKey[" + tenant + ", " + kid + ", " + algorithm.jws() + "]";
  }
}
