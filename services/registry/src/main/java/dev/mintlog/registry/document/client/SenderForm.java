package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Confirmation;
import dev.mintlog.registry.client.CertificateSubject;
import dev.mintlog.registry.client.SenderPolicy;
import dev.mintlog.registry.document.text.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** How a client proves that it has a key, as it is written. */
final class SenderForm {
  private static final Pattern IP_IN_DIGITS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private SenderForm() {}

  static SenderPolicy read(Fields client) {
    Fields tls = client.object("tls");
    SenderPolicy.Certificate certificate = new SenderPolicy.Certificate(
        subject(tls.object("subject")), thumbprints(tls), tls.flag("boundAccessTokens", false));
    tls.end();
    Fields dpop = client.object("dpop");
    SenderPolicy.Dpop proofs = new SenderPolicy.Dpop(dpop.flag("required", false), dpop.flag("nonce", false));
    dpop.end();
    return new SenderPolicy(certificate, proofs);
  }

  static void write(ObjectNode client, SenderPolicy sender) {
    SenderPolicy.Certificate certificate = sender.certificate();
    if (!certificate.equals(SenderPolicy.NONE.certificate())) {
      ObjectNode tls = client.putObject("tls");
      certificate.subject().ifPresent(subject -> tls.putObject("subject").put(subject.kind().key(), subject.value()));
      ArrayNode certificates = tls.putArray("certificates");
      new TreeSet<>(certificate.thumbprints()).forEach(certificates::add);
      tls.put("boundAccessTokens", certificate.bindsAccessTokens());
    }
    if (!sender.dpop().equals(SenderPolicy.NONE.dpop())) {
      client.putObject("dpop").put("required", sender.dpop().required()).put("nonce", sender.dpop().nonce());
    }
  }

  // RFC 8705 §2.1.2: "A client using the tls_client_auth authentication method MUST use exactly one of the below
  // metadata parameters".
  private static Optional<CertificateSubject> subject(Fields fields) {
    List<CertificateSubject> found = new ArrayList<>();
    for (CertificateSubject.Kind kind : CertificateSubject.Kind.values()) {
      fields.optionalText(kind.key()).ifPresent(value -> {
        problem(kind, value).ifPresent(problem -> fields.problem(kind.key(), problem));
        found.add(new CertificateSubject(kind, value));
      });
    }
    fields.end();
    if (found.size() > 1) {
      fields.problem(found.get(1).kind().key(), "expected one of dn, dns, uri, ip and email, found "
          + found.size() + " of them");
    }
    return found.stream().findFirst();
  }

  private static Optional<String> problem(CertificateSubject.Kind kind, String value) {
    if (kind == CertificateSubject.Kind.DN) {
      try {
        new X500Principal(value);
      } catch (IllegalArgumentException e) {
        return Optional.of("expected a distinguished name like 'CN=shop,O=Example', found '" + value + "'");
      }
    }
    return kind == CertificateSubject.Kind.IP && !IP_IN_DIGITS.matcher(value).matches()
        ? Optional.of("expected an IP address in digits, found '" + value + "'")
        : Optional.empty();
  }

  private static Set<String> thumbprints(Fields fields) {
    List<String> texts = fields.texts("certificates", List.of());
    for (String text : texts) {
      if (!Confirmation.isThumbprint(text)) {
        fields.problem("certificates",
            "expected the SHA-256 of a certificate's DER, 43 characters of base64url, found '" + text + "'");
      }
    }
    return new LinkedHashSet<>(texts);
  }
}
