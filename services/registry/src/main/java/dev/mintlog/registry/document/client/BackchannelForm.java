package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.AssertionAlgorithms;
import dev.mintlog.registry.client.BackchannelPolicy;
import dev.mintlog.registry.client.HintIssuer;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.document.text.Fields;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client's backchannel requests may look like, as it is written in its {@code ciba}. */
final class BackchannelForm {
  static final int HINT_ISSUERS_MAX = 20;

  private static final String ALGORITHM = "requestSigningAlgorithm";
  private static final String REQUIRED = "requireSignedRequest";
  private static final String ISSUERS = "hintIssuers";

  private BackchannelForm() {}

  /** @param fields of {@code ciba}; the caller ends them */
  static BackchannelPolicy read(Fields fields, RegisteredAssertions keys) {
    Optional<String> algorithm = fields.optionalText(ALGORITHM);
    boolean required = fields.flag(REQUIRED, false);
    algorithm.flatMap(name -> problem(name, keys)).ifPresent(problem -> fields.problem(ALGORITHM, problem));
    if (required && algorithm.isEmpty()) {
      fields.problem(REQUIRED, "expected " + ALGORITHM + " beside it, found none");
    }
    return new BackchannelPolicy(algorithm, required, issuers(fields));
  }

  static void write(ObjectNode ciba, BackchannelPolicy policy) {
    policy.signingAlgorithm().ifPresent(name -> ciba.put(ALGORITHM, name).put(REQUIRED, policy.requiresSigned()));
    if (!policy.hintIssuers().isEmpty()) {
      ArrayNode array = ciba.putArray(ISSUERS);
      policy.hintIssuers().forEach(
          each -> array.addObject().put("issuer", each.issuer()).put("jwksUri", each.jwksUri().toString()));
    }
  }

  // OpenID CIBA Core §7.1.1: the request is "signed with an asymmetric signature"; a shared secret is no key for it.
  private static Optional<String> problem(String name, RegisteredAssertions keys) {
    if (!AssertionAlgorithms.SIGNATURES.contains(name)) {
      return Optional.of("expected one of " + String.join(", ", AssertionAlgorithms.SIGNATURES) + ", found '" + name + "'");
    }
    if (keys.jwks().isEmpty() && keys.certificates().isEmpty() && keys.jwksUri().isEmpty()) {
      return Optional.of("expected a public key in assertions that the request is signed with, found none");
    }
    return keys.algorithms().isEmpty() || keys.algorithms().contains(name) ? Optional.empty()
        : Optional.of("expected one of assertions.algorithms, found '" + name + "'");
  }

  private static List<HintIssuer> issuers(Fields ciba) {
    List<HintIssuer> issuers = new ArrayList<>();
    for (Fields fields : ciba.objects(ISSUERS)) {
      String issuer = fields.text("issuer");
      Optional<URI> jwksUri = KeySetForm.read(fields, "jwksUri");
      if (jwksUri.isPresent()) {
        issuers.add(new HintIssuer(issuer, jwksUri.get()));
      } else if (!fields.has("jwksUri")) {
        fields.problem("jwksUri", "is required");
      }
      fields.end();
    }
    if (issuers.stream().map(HintIssuer::issuer).distinct().count() < issuers.size()) {
      ciba.problem(ISSUERS, "expected each issuer once, found one twice");
    }
    if (issuers.size() > HINT_ISSUERS_MAX) {
      ciba.problem(ISSUERS, "expected at most " + HINT_ISSUERS_MAX + ", found " + issuers.size());
    }
    return issuers;
  }
}
