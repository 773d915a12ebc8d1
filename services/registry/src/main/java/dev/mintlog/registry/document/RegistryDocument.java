package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Findings;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.document.text.YamlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that an operator registers; keys and revisions come by themselves. The form: docs/registry.md. */
public record RegistryDocument(List<TenantDocument> tenants) {

  public RegistryDocument {
    tenants = List.copyOf(tenants);
  }

  /**
   * Reads and checks a document.
   *
   * @throws InvalidRegistryException with every problem and its path
   */
  public static RegistryDocument parse(String yaml) {
    Findings findings = Findings.ofDocument();
    RegistryDocument document = read(YamlText.read(yaml), findings);
    findings.throwIfAny();
    return document;
  }

  static RegistryDocument read(JsonNode tree, Findings findings) {
    Fields fields = new Fields(tree, "", findings);
    List<TenantDocument> tenants = fields.objects("tenants").stream().map(TenantDocument::read).toList();
    fields.end();
    if (tenants.isEmpty()) {
      // An empty file would otherwise remove everything that is registered.
      fields.problem("tenants", "expected one tenant at least");
    }
    Set<String> names = new HashSet<>();
    for (TenantDocument tenant : tenants) {
      if (!names.add(tenant.name())) {
        fields.problem("tenants", "'" + tenant.name() + "' is there twice");
      }
    }
    // A path that a GUID stands in must lead to one tenant.
    for (TenantDocument tenant : tenants) {
      tenant.settings().policy().guid().filter(guid -> !names.add(guid)).ifPresent(
          guid -> fields.problem("tenants", "the guid " + guid + " is another tenant's guid or name"));
    }
    return new RegistryDocument(tenants);
  }

  /** The document as YAML that {@link #parse} reads back as the same document. */
  public String yaml() {
    ObjectNode node = CanonicalJson.object();
    ArrayNode array = node.putArray("tenants");
    tenants.forEach(tenant -> array.add(tenant.write()));
    return YamlText.write(node);
  }
}
