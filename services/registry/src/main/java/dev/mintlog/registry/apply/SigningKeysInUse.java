package dev.mintlog.registry.apply;

import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.key.PrivateKeys;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing keys that a document needs: those that are there are kept, and a new tenant's are made. */
final class SigningKeysInUse {
  /** An edge's clock may be a little behind ours, and its tenant has no older key to sign with. */
  private static final Duration FIRST_KEY_BACKDATED = Duration.ofMinutes(1);

  private final SigningKeyGenerator generator;
  private final SecretRing keyEncryptionKeys;

  SigningKeysInUse(SigningKeyGenerator generator, SecretRing keyEncryptionKeys) {
    this.generator = generator;
    this.keyEncryptionKeys = keyEncryptionKeys;
  }

  /**
   * The key entries to be live with the document.
   *
   * @param known live entries; those of keys are kept while their tenant is
   * @param reseal whether to seal kept keys anew
   */
  Map<EntryKey, String> of(RegistryDocument document, Map<EntryKey, String> known, boolean reseal, Instant now) {
    Map<EntryKey, String> entries = new HashMap<>();
    for (TenantDocument tenant : document.tenants()) {
      Duration lifetime = TokenLifetimes.longest(tenant);
      List<PublishedKey> kept = published(known, tenant.name());
      for (PublishedKey key : kept.isEmpty() ? first(tenant.name(), now, lifetime) : kept) {
        // Never less: a token of a client whose lifetime was shortened lives as long as before.
        boolean isRaised = lifetime.compareTo(key.tokenLifetimeMax()) > 0;
        PublishedKey raised = isRaised ? key.withTokenLifetimeMax(lifetime) : key;
        PublishedKey wanted = reseal ? resealed(raised) : raised;
        entries.put(SigningKeyForm.key(wanted), SigningKeyForm.write(wanted));
      }
    }
    return entries;
  }

  /** The keys of a tenant. */
  static List<PublishedKey> published(Map<EntryKey, String> live, String tenant) {
    List<PublishedKey> keys = new ArrayList<>();
    live.forEach((key, text) -> {
      if (key.kind().equals(EntryKey.SIGNING_KEY) && key.tenant().equals(tenant)) {
        keys.add(SigningKeyForm.read(key, text));
      }
    });
    return keys;
  }

  // One of each algorithm, used or not: a client that changes its own then signs with a key that every verifier has.
  private List<PublishedKey> first(String tenant, Instant now, Duration lifetime) {
    List<PublishedKey> keys = new ArrayList<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      keys.add(generator.generate(tenant, algorithm, now.minus(FIRST_KEY_BACKDATED), now)
          .withTokenLifetimeMax(lifetime));
    }
    return keys;
  }

  private PublishedKey resealed(PublishedKey key) {
    // A key that no secret of ours opens any more is left as it is: it still verifies what it signed.
    Optional<JWK> privateJwk = PrivateKeys.open(key, keyEncryptionKeys);
    return privateJwk.map(jwk -> generator.resealed(key, jwk)).orElse(key);
  }
}
