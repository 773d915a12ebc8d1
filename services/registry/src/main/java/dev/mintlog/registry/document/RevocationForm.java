package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.tenant.RegisteredRevocation;

/** A revocation of a subject, of a client, or of a subject at a client, as it is written. */
final class RevocationForm {
  private RevocationForm() {}

  static RegisteredRevocation read(Fields fields) {
    RegisteredRevocation revocation = new RegisteredRevocation(
        fields.optionalText("subject"), fields.optionalText("client"), fields.instant("before"));
    if (revocation.subject().isEmpty() && revocation.client().isEmpty()) {
      fields.problem("subject", "expected subject, client or both");
    }
    fields.end();
    return revocation;
  }

  static ObjectNode write(RegisteredRevocation revocation) {
    ObjectNode node = CanonicalJson.object();
    revocation.subject().ifPresent(subject -> node.put("subject", subject));
    revocation.client().ifPresent(client -> node.put("client", client));
    node.put("before", revocation.before().toString());
    return node;
  }
}
