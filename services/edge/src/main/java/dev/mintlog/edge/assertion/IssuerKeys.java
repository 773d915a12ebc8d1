package dev.mintlog.edge.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.AssertionIssuer;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys that issuers are registered with, made ready once for each revision of the registry. Thread-safe. */
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final PerRevision<AssertionIssuer, List<AssertionKey>> byIssuer = new PerRevision<>();

  /** The keys that stand in the registry, in their order. */
  List<AssertionKey> of(RegistrySnapshot registry, AssertionIssuer issuer) {
    return byIssuer.of(registry, issuer, IssuerKeys::read);
  }

  // As with clients: a key that cannot be used stands in nobody else's way.
  private static List<AssertionKey> read(AssertionIssuer issuer) {
    List<AssertionKey> keys = new ArrayList<>();
    if (issuer.jwks().isEmpty()) {
      return keys;
    }
    try {
      for (JWK jwk : JWKSet.parse(issuer.jwks()).getKeys()) {
        keys.add(PublicAssertionKey.of(jwk, issuer.algorithms()));
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      LOG.error("a key of the issuer {} cannot be used: {}", issuer.issuer(), e.getMessage());
    }
    return List.copyOf(keys);
  }
}
