package dev.mintlog.registry.apply;

import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.PrivateKeys;
import dev.mintlog.registry.PublishedKey;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signing keys that a document needs: those that are there are kept, and what is missing is made. */
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
    Map<EntryKey, String> keys = new HashMap<>();
    for (TenantDocument tenant : document.tenants()) {
      Set<SigningAlgorithm> missing = EnumSet.noneOf(SigningAlgorithm.class);
      for (RegisteredClient client : tenant.clients()) {
        missing.add(client.client().tokens().algorithm());
      }
      known.forEach((key, text) -> {
        if (key.kind().equals(EntryKey.SIGNING_KEY) && key.tenant().equals(tenant.name())) {
          PublishedKey published = SigningKeyForm.read(key, text);
          missing.remove(published.algorithm());
          keys.put(key, reseal ? resealed(published) : text);
        }
      });
      for (SigningAlgorithm algorithm : missing) {
        PublishedKey made = generator.generate(tenant.name(), algorithm, now.minus(FIRST_KEY_BACKDATED), now);
        keys.put(SigningKeyForm.key(made), SigningKeyForm.write(made));
      }
    }
    return keys;
  }

  private String resealed(PublishedKey key) {
    // A key that no secret of ours opens any more is left as it is: it still verifies what it signed.
    Optional<JWK> privateJwk = PrivateKeys.open(key, keyEncryptionKeys);
    return SigningKeyForm.write(privateJwk.map(jwk -> generator.resealed(key, jwk)).orElse(key));
  }
}
