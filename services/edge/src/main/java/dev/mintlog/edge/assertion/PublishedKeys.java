package dev.mintlog.edge.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.registry.document.client.AssertionKeyForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a JWK set that somebody else publishes, RFC 7517 §5: those that can be used, whatever stands beside them. */
final class PublishedKeys {
  /** Of more keys the first are used. */
  static final int KEYS_MAX = 32;

  private PublishedKeys() {}

  /** The usable keys; empty where the text is no JWK set. */
  static Optional<List<AssertionKey>> read(String text) {
    try {
      JsonNode set = CanonicalJson.read(text).path("keys");
      if (!set.isArray()) {
        return Optional.empty();
      }
      List<AssertionKey> keys = new ArrayList<>();
      for (JsonNode key : set) {
        if (keys.size() < KEYS_MAX) {
          usable(key).ifPresent(keys::add);
        }
      }
      return Optional.of(List.copyOf(keys));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // RFC 7517 §5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty" values that are not understood by
  // them, that are missing required members, or for which values are out of the supported ranges."
  private static Optional<AssertionKey> usable(JsonNode key) {
    try {
      JWK jwk = JWK.parse(key.toString());
      return AssertionKeyForm.problem(jwk).isEmpty()
          ? Optional.of(PublicAssertionKey.of(jwk, Set.of())) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
