package dev.mintlog.edge.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.X509CertUtils;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.RegisteredSharedSecret;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys that clients are registered with, made ready once for each revision of the registry. Thread-safe. */
final class ClientKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ClientKeys.class);

  private final Opener secrets;
  private final PerRevision<RegisteredClient, List<AssertionKey>> byClient = new PerRevision<>();

  /** @param channel the channel secret, which client secrets rest under */
  ClientKeys(SecretRing channel) {
    this.secrets = new Opener(channel, Direction.CLIENT_SECRET);
  }

  /** The client's keys, in their registered order. */
  List<AssertionKey> of(RegistrySnapshot registry, String tenant, RegisteredClient client) {
    return byClient.of(registry, client, found -> read(tenant, found));
  }

  // What the registry took at apply is read here again: a key that cannot be used stands in nobody else's way.
  private List<AssertionKey> read(String tenant, RegisteredClient client) {
    RegisteredAssertions assertions = client.assertions();
    List<AssertionKey> keys = new ArrayList<>();
    try {
      if (!assertions.jwks().isEmpty()) {
        for (JWK jwk : JWKSet.parse(assertions.jwks()).getKeys()) {
          keys.add(PublicAssertionKey.of(jwk, assertions.algorithms()));
        }
      }
      for (String pem : assertions.certificates()) {
        keys.add(PublicAssertionKey.of(X509CertUtils.parse(pem), assertions.algorithms()));
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      LOG.error("a key of client {} of tenant {} cannot be used: {}", client.id(), tenant, e.getMessage());
    }
    for (RegisteredSharedSecret secret : assertions.secrets()) {
      secret.sealed().open(secrets, tenant, client.id()).ifPresentOrElse(
          opened -> keys.add(new SharedAssertionKey(
              opened, secret.expiresAt(), assertions.algorithms(), assertions.lenientMac())),
          () -> LOG.error("a secret of client {} of tenant {} does not open: it was sealed for another client, or under "
              + "a channel secret that is not accepted any more; seal it anew", client.id(), tenant));
    }
    return List.copyOf(keys);
  }
}
