package dev.mintlog.edge.proof.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.edge.jws.JwsVerifiers;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.key.PublishedKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Verifiers for our own tokens, made once for each revision of the registry. Thread-safe. */
final class TokenVerifiers {
  private record KeyName(String tenant, String kid) {}

  private RegistrySnapshot snapshot;
  private final Map<KeyName, JWSVerifier> byKey = new HashMap<>();

  /** The verifier for a header; empty where its kid is not ours, or its alg is not the key's. */
  synchronized Optional<JWSVerifier> of(RegistrySnapshot registry, String tenant, JWSHeader header)
      throws JOSEException {
    if (snapshot != registry) {
      byKey.clear();
      snapshot = registry;
    }
    for (PublishedKey key : registry.keys(tenant)) {
      // RFC 8725 §3.1: the algorithm is the key's; the header may only agree.
      if (key.kid().equals(header.getKeyID()) && key.algorithm().jws().equals(header.getAlgorithm().getName())) {
        KeyName name = new KeyName(tenant, key.kid());
        JWSVerifier known = byKey.get(name);
        if (known == null) {
          known = verifier(key);
          byKey.put(name, known);
        }
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static JWSVerifier verifier(PublishedKey key) throws JOSEException {
    try {
      return JwsVerifiers.of(JWK.parse(key.publicJwk()));
    } catch (ParseException e) {
      throw new JOSEException("the registry's key " + key.kid() + " is no JWK", e);
    }
  }
}
