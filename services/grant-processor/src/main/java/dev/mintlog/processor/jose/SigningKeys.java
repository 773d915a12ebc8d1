package dev.mintlog.processor.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.client.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Private keys by kid, opened and translated once. A kid is never given to another key, so none is ever replaced; one that
 * the registry has dropped signs nothing any more, what was granted under it before included: it is over, or somebody else
 * has it. Thread-safe.
 */
public final class SigningKeys {
  private final Function<String, Optional<KeyMaterial>> source;
  private final SigningProvider provider;
  private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

  /** A private key as the registry holds it, unsealed. Does not print. */
  public record KeyMaterial(SigningAlgorithm algorithm, JWK privateKey) {
    @Override
    public String toString() {
      return "KeyMaterial[" + algorithm.jws() + "]";
    }
  }

  /** @param source finds a key by kid where it is not yet known here */
  public SigningKeys(Function<String, Optional<KeyMaterial>> source) {
    this(source, SigningProvider.best());
  }

  SigningKeys(Function<String, Optional<KeyMaterial>> source, SigningProvider provider) {
    this.source = source;
    this.provider = provider;
  }

  /** Makes a key ready before it is needed. */
  public void prepare(String kid) {
    key(kid);
  }

  /** Whether it was made ready. */
  public boolean isReady(String kid) {
    return keys.containsKey(kid);
  }

  /** Forgets all others. */
  public void retain(Set<String> kids) {
    keys.keySet().retainAll(kids);
  }

  /** @throws IllegalStateException where there is no such key, or it cannot be used */
  SigningKey key(String kid) {
    SigningKey known = keys.get(kid);
    return known != null ? known : keys.computeIfAbsent(kid, this::opened);
  }

  private SigningKey opened(String kid) {
    KeyMaterial material = source.apply(kid).orElseThrow(() ->
        new IllegalStateException("expected signing key " + kid + " in the registry, but there is none"));
    try {
      return ready(kid, material);
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("expected signing key " + kid + " to be usable for "
          + material.algorithm().jws(), e);
    }
  }

  private SigningKey ready(String kid, KeyMaterial material) throws GeneralSecurityException, JOSEException {
    PrivateKey key = privateKey(material.privateKey());
    try {
      return SigningKey.of(kid, material.algorithm(), key, provider);
    } catch (GeneralSecurityException e) {
      // A fast provider need not know every algorithm.
      return SigningKey.of(kid, material.algorithm(), key, SigningProvider.jdk());
    }
  }

  private static PrivateKey privateKey(JWK jwk) throws GeneralSecurityException, JOSEException {
    if (jwk instanceof RSAKey rsa) {
      return rsa.toRSAPrivateKey();
    }
    if (jwk instanceof ECKey ec) {
      return ec.toECPrivateKey();
    }
    if (jwk instanceof OctetKeyPair pair) {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD()));
    }
    throw new GeneralSecurityException("expected an RSA, EC or OKP key, but found " + jwk.getKeyType());
  }
}
