package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.AssertionAlgorithms;
import dev.mintlog.registry.client.AssertionIssuer;
import dev.mintlog.registry.client.GrantAssertionPolicy;
import dev.mintlog.registry.client.SubjectRule;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which JWTs a client may present as authorization grants, as it is written: {@code jwtBearer}. */
final class GrantAssertionForm {
  static final int ISSUERS_MAX = 20;

  private GrantAssertionForm() {}

  static GrantAssertionPolicy read(Fields client) {
    Fields fields = client.object("jwtBearer");
    SubjectRule own = rule(fields, SubjectRule.NONE);
    List<AssertionIssuer> issuers = fields.objects("issuers").stream().map(GrantAssertionForm::issuer).toList();
    checkWhole(fields, issuers);
    fields.end();
    return new GrantAssertionPolicy(own, issuers);
  }

  static void write(ObjectNode client, GrantAssertionPolicy policy) {
    if (policy.equals(GrantAssertionPolicy.DEFAULT)) {
      return;
    }
    ObjectNode node = client.putObject("jwtBearer");
    node.put("subjects", policy.ownSubjects().text());
    ArrayNode issuers = node.putArray("issuers");
    policy.issuers().forEach(issuer -> write(issuers.addObject(), issuer));
  }

  private static void write(ObjectNode node, AssertionIssuer issuer) {
    node.put("issuer", issuer.issuer());
    if (!issuer.jwks().isEmpty()) {
      node.set("jwks", CanonicalJson.tree(issuer.jwks()));
    }
    issuer.jwksUri().ifPresent(uri -> node.put("jwksUri", uri.toString()));
    putTexts(node, "algorithms", issuer.algorithms());
    putTexts(node, "audiences", issuer.audiences());
    node.put("subjects", issuer.subjects().text());
    if (!issuer.subjectPrefix().isEmpty()) {
      node.put("subjectPrefix", issuer.subjectPrefix());
    }
  }

  private static void putTexts(ObjectNode node, String key, Collection<String> texts) {
    ArrayNode array = node.putArray(key);
    new TreeSet<>(texts).forEach(array::add);
  }

  private static AssertionIssuer issuer(Fields fields) {
    String issuer = fields.text("issuer");
    Map<String, Object> jwks = fields.values("jwks");
    int keys = AssertionKeyForm.checkJwks(fields, jwks);
    if (keys > AssertionForm.KEYS_MAX) {
      fields.problem("jwks", "expected at most " + AssertionForm.KEYS_MAX + " keys, found " + keys);
    }
    Optional<URI> jwksUri = KeySetForm.read(fields, "jwksUri");
    // RFC 7591 §2: "The "jwks_uri" and "jwks" parameters MUST NOT both be present in the same request or response."
    if (keys == 0 == !fields.has("jwksUri")) {
      fields.problem("jwks", "expected its keys, here or at jwksUri, found " + (keys == 0 ? "none" : "both"));
    }
    Set<String> algorithms = AssertionForm.algorithms(fields, AssertionAlgorithms.SIGNATURES);
    Set<String> audiences = Set.copyOf(fields.texts("audiences", List.of()));
    SubjectRule subjects = rule(fields, SubjectRule.REGISTERED);
    if (subjects == SubjectRule.NONE) {
      fields.problem("subjects", "expected registered or any, found 'none': then it could name nobody");
    }
    String prefix = fields.optionalText("subjectPrefix").orElse("");
    Names.checkVisible(fields, "subjectPrefix", prefix);
    fields.end();
    return new AssertionIssuer(issuer, jwks, jwksUri, algorithms, audiences, subjects, prefix);
  }

  private static SubjectRule rule(Fields fields, SubjectRule usual) {
    String text = fields.optionalText("subjects").orElse(usual.text());
    Optional<SubjectRule> rule = SubjectRule.of(text);
    if (rule.isEmpty()) {
      fields.problem("subjects", "expected none, registered or any, found '" + text + "'");
    }
    return rule.orElse(usual);
  }

  private static void checkWhole(Fields fields, List<AssertionIssuer> issuers) {
    if (issuers.size() > ISSUERS_MAX) {
      fields.problem("issuers", "expected at most " + ISSUERS_MAX + ", found " + issuers.size());
    }
    Set<String> names = new HashSet<>();
    List<String> twice = new ArrayList<>();
    issuers.stream().map(AssertionIssuer::issuer).filter(name -> !names.add(name)).forEach(twice::add);
    twice.forEach(name -> fields.problem("issuers", "'" + name + "' is there twice"));
  }
}
