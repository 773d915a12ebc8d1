package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.TrustedIssuer;
import dev.mintlog.registry.document.text.Fields;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The issuers that a client trusts to speak for it, as they are written. */
final class TrustForm {
  static final int TRUSTED_MAX = 20;

  private TrustForm() {}

  static List<TrustedIssuer> read(Fields assertions) {
    List<TrustedIssuer> trusted = new ArrayList<>();
    for (Fields fields : assertions.objects("trusted")) {
      String issuer = fields.text("issuer");
      String subject = fields.text("subject");
      String audience = fields.text("audience");
      Optional<URI> jwksUri = KeySetForm.read(fields, "jwksUri");
      if (jwksUri.isPresent()) {
        trusted.add(new TrustedIssuer(issuer, subject, audience, jwksUri.get()));
      } else if (!fields.has("jwksUri")) {
        fields.problem("jwksUri", "is required");
      }
      fields.end();
    }
    if (trusted.size() > TRUSTED_MAX) {
      assertions.problem("trusted", "expected at most " + TRUSTED_MAX + ", found " + trusted.size());
    }
    return trusted;
  }

  static void write(ObjectNode assertions, List<TrustedIssuer> trusted) {
    if (trusted.isEmpty()) {
      return;
    }
    ArrayNode array = assertions.putArray("trusted");
    for (TrustedIssuer each : trusted) {
      array.addObject().put("issuer", each.issuer()).put("subject", each.subject()).put("audience", each.audience())
          .put("jwksUri", each.jwksUri().toString());
    }
  }
}
