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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing keys out of the registry, made ready as soon as they are published. Thread-safe. */
final class RegisteredSigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredSigningKeys.class);

  private final Supplier<RegistrySnapshot> newest;
  private final SigningKeys keys;
  private volatile Map<String, String> problems = Map.of();

  private RegisteredSigningKeys(Supplier<RegistrySnapshot> newest, Opener opener) {
    this.newest = newest;
    this.keys = new SigningKeys(kid -> published(newest.get(), kid).map(key -> material(key, opener)));
  }

  /** @throws StartException where a published key cannot be opened or used */
  static RegisteredSigningKeys of(RegistryView registry, SecretRing keyEncryptionKeys) {
    RegisteredSigningKeys keys =
        new RegisteredSigningKeys(registry::current, new Opener(keyEncryptionKeys, Direction.SIGNING_KEY));
    keys.published(registry.current());
    keys.problem().ifPresent(why -> {
      throw new StartException("key-encryption.key: " + why);
    });
    registry.onRevision(snapshot -> {
      keys.published(snapshot);
      keys.problem().ifPresent(why -> LOG.error("{}; this processor leaves when the key is due", why));
    });
    return keys;
  }

  SigningKeys keys() {
    return keys;
  }

  /** Why some published key cannot be used here: one line. It need not be due yet. */
  Optional<String> problem() {
    return problems.values().stream().findFirst();
  }

  /** Why this key cannot be used here; empty where it can, and where it is withdrawn. */
  Optional<String> problem(String kid) {
    return keys.isReady(kid) ? Optional.empty() : published(newest.get(), kid).flatMap(this::prepared);
  }

  private void published(RegistrySnapshot snapshot) {
    keys.retain(all(snapshot).map(PublishedKey::kid).collect(Collectors.toSet()));
    Map<String, String> found = new TreeMap<>();
    all(snapshot).forEach(key -> prepared(key).ifPresent(why -> found.put(key.kid(), why)));
    problems = found;
  }

  private Optional<String> prepared(PublishedKey key) {
    try {
      keys.prepare(key.kid());
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static SigningKeys.KeyMaterial material(PublishedKey key, Opener opener) {
    return new SigningKeys.KeyMaterial(key.algorithm(), PrivateKeys.open(key, opener).orElseThrow(() ->
        new IllegalStateException("expected signing key " + key.kid() + " of tenant " + key.tenant()
            + " sealed under a key-encryption key of ours (key-encryption.key, key-encryption.accepted-keys)")));
  }

  private static Stream<PublishedKey> all(RegistrySnapshot snapshot) {
    return snapshot.tenantNames().stream().flatMap(tenant -> snapshot.keys(tenant).stream());
  }

  private static Optional<PublishedKey> published(RegistrySnapshot snapshot, String kid) {
    return all(snapshot).filter(key -> key.kid().equals(kid)).findFirst();
  }
}
