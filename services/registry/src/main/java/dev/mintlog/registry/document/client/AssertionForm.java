package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.AssertionAlgorithms;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.client.RegisteredSharedSecret;
import dev.mintlog.registry.client.TrustedIssuer;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.secret.SealedSecret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a client proves itself with in assertions, as it is written. */
final class AssertionForm {
  /** An assertion that names no key is tried with all of them. */
  static final int KEYS_MAX = 8;

  private AssertionForm() {}

  static RegisteredAssertions read(Fields client) {
    boolean isThere = client.has("assertions");
    Fields fields = client.object("assertions");
    if (!isThere) {
      return RegisteredAssertions.NONE;
    }
    Map<String, Object> jwks = fields.values("jwks");
    List<String> certificates = fields.texts("certificates", List.of());
    List<RegisteredSharedSecret> secrets = secrets(fields);
    Set<String> algorithms = algorithms(fields, fields.has("secrets") ? AssertionAlgorithms.MACS : AssertionAlgorithms.SIGNATURES);
    boolean issuerOnly = issuerOnly(fields);
    boolean lenientMac = fields.flag("lenientMac", false);
    int keys = AssertionKeyForm.checkJwks(fields, jwks) + AssertionKeyForm.checkCertificates(fields, certificates);
    Optional<URI> jwksUri = KeySetForm.read(fields, "jwksUri");
    List<TrustedIssuer> trusted = TrustForm.read(fields);
    checkWhole(fields, keys, lenientMac);
    fields.end();
    return new RegisteredAssertions(
        jwks, certificates, secrets, algorithms, issuerOnly, lenientMac, jwksUri, trusted);
  }

  static void write(ObjectNode client, RegisteredAssertions assertions) {
    if (assertions.isEmpty()) {
      return;
    }
    ObjectNode node = client.putObject("assertions");
    if (!assertions.jwks().isEmpty()) {
      node.set("jwks", CanonicalJson.tree(assertions.jwks()));
    }
    putTexts(node, "certificates", assertions.certificates());
    if (!assertions.secrets().isEmpty()) {
      ArrayNode secrets = node.putArray("secrets");
      assertions.secrets().forEach(secret -> writeSecret(secrets.addObject(), secret));
    }
    putTexts(node, "algorithms", new TreeSet<>(assertions.algorithms()));
    node.put("audience", assertions.issuerOnly() ? "issuer" : "endpoint");
    node.put("lenientMac", assertions.lenientMac());
    assertions.jwksUri().ifPresent(uri -> node.put("jwksUri", uri.toString()));
    TrustForm.write(node, assertions.trusted());
  }

  private static void writeSecret(ObjectNode node, RegisteredSharedSecret secret) {
    node.put("sealed", secret.sealed().text());
    secret.expiresAt().ifPresent(time -> node.put("expiresAt", time.toString()));
    secret.description().ifPresent(text -> node.put("description", text));
  }

  private static void putTexts(ObjectNode node, String key, Collection<String> texts) {
    ArrayNode array = node.putArray(key);
    texts.forEach(array::add);
  }

  private static List<RegisteredSharedSecret> secrets(Fields fields) {
    List<RegisteredSharedSecret> secrets = new ArrayList<>();
    for (Fields secret : fields.objects("secrets")) {
      String text = secret.text("sealed");
      try {
        secrets.add(new RegisteredSharedSecret(
            new SealedSecret(text), secret.optionalInstant("expiresAt"), secret.optionalText("description")));
        secret.end();
      } catch (IllegalArgumentException e) {
        secret.problem("sealed", e.getMessage());
      }
    }
    return secrets;
  }

  static Set<String> algorithms(Fields fields, List<String> known) {
    Set<String> algorithms = new LinkedHashSet<>(fields.texts("algorithms", List.of()));
    for (String algorithm : algorithms) {
      // RFC 8725 §3.1: the registration says which algorithms count; "none" never does.
      if (!known.contains(algorithm)) {
        fields.problem("algorithms", "expected some of " + String.join(", ", known) + ", found '" + algorithm + "'");
      }
    }
    return algorithms;
  }

  private static boolean issuerOnly(Fields fields) {
    String audience = fields.optionalText("audience").orElse("endpoint");
    if (!audience.equals("issuer") && !audience.equals("endpoint")) {
      fields.problem("audience", "expected endpoint or issuer, found '" + audience + "'");
    }
    return audience.equals("issuer");
  }

  private static void checkWhole(Fields fields, int keys, boolean lenientMac) {
    boolean hasSecrets = fields.has("secrets");
    boolean hasKeys = keys > 0 || fields.has("jwksUri");
    // RFC 7591 §2: "The "jwks_uri" and "jwks" parameters MUST NOT both be present in the same request or response."
    if (fields.has("jwks") && fields.has("jwksUri")) {
      fields.problem("jwksUri", "expected jwks or jwksUri, found both");
    }
    if (!hasKeys && !hasSecrets && !fields.has("trusted")) {
      fields.problem("jwks",
          "expected a key at least, here, at jwksUri or in certificates, or a secret in secrets, or an issuer in trusted");
    } else if (hasKeys && hasSecrets) {
      // RFC 8725 §2.1: where both count, whoever knows the public key may try it as the secret of a MAC.
      fields.problem("secrets", "expected keys or secrets, found both");
    } else if (keys > KEYS_MAX) {
      fields.problem("jwks", "expected at most " + KEYS_MAX + " keys, those in certificates included, found " + keys);
    } else if (fields.objects("secrets").size() > KEYS_MAX) {
      fields.problem("secrets", "expected at most " + KEYS_MAX + ", found " + fields.objects("secrets").size());
    }
    if (lenientMac && !hasSecrets) {
      fields.problem("lenientMac", "expected secrets beside it, found none");
    }
  }
}
