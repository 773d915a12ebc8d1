package dev.mintlog.processor;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.jose.SigningKeys;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.registry.key.PrivateKeys;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.runtime.lifecycle.StartException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing keys out of the registry, made ready as soon as they are published. */
final class RegisteredSigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredSigningKeys.class);

  private RegisteredSigningKeys() {}

  /** @throws StartException where a published key cannot be opened or used */
  static SigningKeys of(RegistryView registry, SecretRing keyEncryptionKeys) {
    Opener opener = new Opener(keyEncryptionKeys, Direction.SIGNING_KEY);
    SigningKeys keys = new SigningKeys(kid -> published(registry.current(), kid).map(key -> material(key, opener)));
    try {
      published(registry.current()).forEach(key -> keys.prepare(key.kid()));
    } catch (IllegalStateException e) {
      throw new StartException("key-encryption.key: " + e.getMessage(), e);
    }
    registry.onRevision(snapshot -> {
      keys.retain(published(snapshot).map(PublishedKey::kid).collect(Collectors.toSet()));
      published(snapshot).forEach(key -> prepare(keys, key));
    });
    return keys;
  }

  private static SigningKeys.KeyMaterial material(PublishedKey key, Opener opener) {
    return new SigningKeys.KeyMaterial(key.algorithm(), PrivateKeys.open(key, opener).orElseThrow(() ->
        new IllegalStateException("expected signing key " + key.kid() + " sealed under a key-encryption key of ours")));
  }

  private static void prepare(SigningKeys keys, PublishedKey key) {
    try {
      keys.prepare(key.kid());
    } catch (IllegalStateException e) {
      LOG.error("tokens of tenant {} cannot be signed with {}: {}", key.tenant(), key.kid(), e.getMessage());
    }
  }

  private static Stream<PublishedKey> published(RegistrySnapshot snapshot) {
    return snapshot.tenantNames().stream().flatMap(tenant -> snapshot.keys(tenant).stream());
  }

  private static Optional<PublishedKey> published(RegistrySnapshot snapshot, String kid) {
    return published(snapshot).filter(key -> key.kid().equals(kid)).findFirst();
  }
}
