package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a client wants its ID tokens encrypted, {@code id_token_encrypted_response_alg} and so on of its registration. */
final class IdTokenEncryptionForm {
  /** Shorter ones are refused, RFC 7518 §4.3: "A key of size 2048 bits or larger MUST be used". */
  static final int RSA_BITS_MIN = 2048;
  /** A longer one would make each token slow. */
  static final int RSA_BITS_MAX = 8192;

  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  private IdTokenEncryptionForm() {}

  static Optional<IdTokenEncryption> read(Fields client) {
    if (!client.has("idTokenEncryption")) {
      return Optional.empty();
    }
    Fields fields = client.object("idTokenEncryption");
    String algorithm = oneOf(fields, "alg", fields.text("alg"), IdTokenEncryption.ALGORITHMS);
    String method = oneOf(fields, "enc", fields.optionalText("enc").orElse("A128CBC-HS256"), IdTokenEncryption.METHODS);
    Optional<JWK> key = key(fields, algorithm, fields.values("jwks"));
    fields.end();
    return key.map(found -> new IdTokenEncryption(
        algorithm, method, CanonicalJson.tree(found.toJSONObject()).toString()));
  }

  static void write(ObjectNode client, IdTokenEncryption encryption) {
    ObjectNode node = client.putObject("idTokenEncryption");
    node.put("alg", encryption.algorithm());
    node.put("enc", encryption.method());
    node.putObject("jwks").putArray("keys").add(CanonicalJson.read(encryption.publicJwk()));
  }

  private static String oneOf(Fields fields, String key, String value, List<String> known) {
    if (!value.isEmpty() && !known.contains(value)) {
      fields.problem(key, "expected one of " + String.join(", ", known) + ", found '" + value + "'");
    }
    return value;
  }

  // The first of the set that fits, as OpenID Connect Core §10.2.1 leaves the choice to the one who encrypts. A problem
  // says nothing of the key: it may be a private one.
  private static Optional<JWK> key(Fields fields, String algorithm, Map<String, Object> jwks) {
    List<JWK> keys;
    try {
      keys = JWKSet.parse(jwks).getKeys();
    } catch (ParseException | IllegalArgumentException e) {
      fields.problem("jwks", "expected a JWK Set of public keys (RFC 7517)");
      return Optional.empty();
    }
    if (keys.stream().anyMatch(JWK::isPrivate)) {
      fields.problem("jwks", "expected public keys, found a private one");
      return Optional.empty();
    }
    Optional<JWK> fitting = keys.stream().filter(key -> isFor(algorithm, key)).findFirst();
    if (fitting.isEmpty() && IdTokenEncryption.ALGORITHMS.contains(algorithm)) {
      fields.problem("jwks", "expected a key for " + algorithm + " whose use is not sig: RSA of " + RSA_BITS_MIN
          + " to " + RSA_BITS_MAX + " bits, or EC on P-256, P-384, P-521, or OKP on X25519");
    }
    return fitting;
  }

  private static boolean isFor(String algorithm, JWK key) {
    boolean mayEncrypt = !KeyUse.SIGNATURE.equals(key.getKeyUse())
        && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm));
    if (algorithm.startsWith("RSA")) {
      return mayEncrypt && key instanceof RSAKey && key.size() >= RSA_BITS_MIN && key.size() <= RSA_BITS_MAX;
    }
    return mayEncrypt && (key instanceof ECKey ec && CURVES.contains(ec.getCurve())
        || key instanceof com.nimbusds.jose.jwk.OctetKeyPair pair && Curve.X25519.equals(pair.getCurve()));
  }
}
