package dev.mintlog.processor.jose;

import dev.mintlog.client.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One private key, ready to sign. Thread-safe. */
final class SigningKey {
  private final String kid;
  private final SigningAlgorithm algorithm;
  private final ThreadLocal<Signature> signatures;
  private final Map<String, String> headerByType = new ConcurrentHashMap<>(2);

  private SigningKey(String kid, SigningAlgorithm algorithm, ThreadLocal<Signature> signatures) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.signatures = signatures;
  }

  /**
   * Makes a key ready and proves it by one signature.
   *
   * @throws GeneralSecurityException where the provider does not take the key or the algorithm
   */
  static SigningKey of(String kid, SigningAlgorithm algorithm, PrivateKey key, SigningProvider provider)
      throws GeneralSecurityException {
    PrivateKey translated = provider.translated(key);
    Signature first = provider.signature(algorithm, translated);
    first.update(new byte[] {0});
    first.sign();
    return new SigningKey(kid, algorithm, ThreadLocal.withInitial(() -> {
      try {
        return provider.signature(algorithm, translated);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("expected key " + kid + " to sign as it did before", e);
      }
    }));
  }

  SigningAlgorithm algorithm() {
    return algorithm;
  }

  /** The protected header, RFC 7515 §4, encoded; the same for all tokens of one type. */
  String header(String type) {
    return headerByType.computeIfAbsent(type, this::encodedHeader);
  }

  byte[] sign(byte[] signingInput) {
    Signature signature = signatures.get();
    try {
      signature.update(signingInput);
      return signature.sign();
    } catch (SignatureException e) {
      // It may hold part of the input still.
      signatures.remove();
      throw new IllegalStateException("expected key " + kid + " to sign", e);
    }
  }

  private String encodedHeader(String type) {
    StringBuilder json = new StringBuilder(96).append('{');
    JsonText.member(json, "alg", algorithm.jws());
    JsonText.member(json.append(','), "kid", kid);
    JsonText.member(json.append(','), "typ", type);
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid + ", " + algorithm.jws() + "]";
  }
}
