package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A type of authorization details as an API resource's owner writes it. */
final class DetailTypeForm {
  /** Longest identifier of a type, in characters. */
  static final int TYPE_CHARACTERS_MAX = 200;

  private DetailTypeForm() {}

  static AuthorizationDetailType read(Fields fields) {
    String type = fields.text("type");
    Names.checkVisible(fields, "type", type);
    if (type.length() > TYPE_CHARACTERS_MAX) {
      fields.problem("type", "expected at most " + TYPE_CHARACTERS_MAX + " characters, found " + type.length());
    }
    Map<String, String> members = new TreeMap<>();
    fields.values("members").forEach((name, kind) -> {
      if (name.equals("type") || !AuthorizationDetailType.KINDS.contains(kind)) {
        fields.problem("members", "expected names other than type, each with one of "
            + String.join(", ", new TreeSet<>(AuthorizationDetailType.KINDS)) + ", found '" + name + "'");
      } else {
        members.put(name, (String) kind);
      }
    });
    Set<String> required = new HashSet<>(fields.texts("required", List.of()));
    if (!members.keySet().containsAll(required)) {
      fields.problem("required", "expected names among members");
    }
    fields.end();
    return new AuthorizationDetailType(type, members, required);
  }

  static void write(ObjectNode node, AuthorizationDetailType type) {
    node.put("type", type.type());
    ObjectNode members = node.putObject("members");
    new TreeMap<>(type.members()).forEach(members::put);
    ArrayNode required = node.putArray("required");
    new TreeSet<>(type.required()).forEach(required::add);
  }
}
