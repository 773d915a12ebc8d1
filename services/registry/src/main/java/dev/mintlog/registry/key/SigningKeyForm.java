package dev.mintlog.registry.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.log.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A signing key as the document of its entry. */
public final class SigningKeyForm {
  private SigningKeyForm() {}

  public static EntryKey key(PublishedKey key) {
    return new EntryKey(key.tenant(), EntryKey.SIGNING_KEY, key.kid());
  }

  public static String write(PublishedKey key) {
    ObjectNode node = CanonicalJson.object();
    node.put("algorithm", key.algorithm().jws());
    node.put("signFrom", key.signFrom().toString());
    node.set("publicJwk", CanonicalJson.tree(key.publicJwk()));
    node.put("tokenLifetimeMaxSeconds", key.tokenLifetimeMax().toSeconds());
    node.put("sealedPrivate", Base64.getUrlEncoder().withoutPadding().encodeToString(key.sealedPrivate()));
    return CanonicalJson.write(node);
  }

  /** @throws IllegalArgumentException where it is no signing key */
  public static PublishedKey read(EntryKey key, String text) {
    JsonNode node = CanonicalJson.read(text);
    JsonNode publicJwk = node.path("publicJwk");
    String algorithm = node.path("algorithm").asText();
    if (!publicJwk.isObject()) {
      throw new IllegalArgumentException("expected the signing key " + key + " to have a publicJwk");
    }
    return new PublishedKey(
        key.tenant(),
        key.id(),
        SigningAlgorithm.ofJws(algorithm).orElseThrow(
            () -> new IllegalArgumentException("expected the algorithm of " + key + ", found '" + algorithm + "'")),
        Instant.parse(node.path("signFrom").asText()),
        CanonicalJson.values((ObjectNode) publicJwk),
        Base64.getUrlDecoder().decode(node.path("sealedPrivate").asText()),
        Duration.ofSeconds(
            node.path("tokenLifetimeMaxSeconds").asLong(PublishedKey.TOKEN_LIFETIME_MAX.toSeconds())));
  }
}
