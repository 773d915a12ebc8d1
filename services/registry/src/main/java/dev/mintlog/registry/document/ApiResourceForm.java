package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.client.SecretsForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.tenant.ApiResource;
import java.util.List;

/** An API resource as it is written. */
final class ApiResourceForm {
  private ApiResourceForm() {}

  static ApiResource read(Fields fields) {
    String name = fields.text("name");
    Names.checkVisible(fields, "name", name);
    ApiResource api = new ApiResource(name, fields.texts("scopes", List.of()),
        fields.texts("userClaims", List.of()),
        fields.objects("authorizationDetailTypes").stream().map(DetailTypeForm::read).toList(),
        SecretsForm.read(fields));
    api.userClaims().forEach(claim -> Names.checkClaim(fields, "userClaims", claim));
    fields.end();
    return api;
  }

  static ObjectNode write(ApiResource api) {
    ObjectNode node = CanonicalJson.object();
    node.put("name", api.name());
    ArrayNode scopes = node.putArray("scopes");
    api.scopes().forEach(scopes::add);
    ArrayNode userClaims = node.putArray("userClaims");
    api.userClaims().forEach(userClaims::add);
    ArrayNode types = node.putArray("authorizationDetailTypes");
    api.detailTypes().forEach(type -> DetailTypeForm.write(types.addObject(), type));
    if (!api.secrets().isEmpty()) {
      SecretsForm.write(node, api.secrets());
    }
    return node;
  }
}
