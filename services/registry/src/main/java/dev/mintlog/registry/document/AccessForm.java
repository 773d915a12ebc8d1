package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.ExchangePolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a client's access tokens may be for and hold, as it is written among the client's keys. */
final class AccessForm {
  private AccessForm() {}

  static AccessPolicy read(Fields client) {
    Map<String, Object> claims = client.values("claims");
    claims.keySet().forEach(name -> checkName(client, "claims", name));
    return new AccessPolicy(
        client.flag("multipleResources", AccessPolicy.DEFAULT.multipleResources()), ClaimsText.of(claims),
        exchange(client.object("tokenExchange")));
  }

  static void write(ObjectNode client, AccessPolicy access) {
    client.put("multipleResources", access.multipleResources());
    if (!access.claims().isEmpty()) {
      client.set("claims", CanonicalJson.read(access.claims().json()));
    }
    ObjectNode exchange = client.putObject("tokenExchange");
    ArrayNode subjectClients = exchange.putArray("subjectClients");
    new TreeSet<>(access.exchange().subjectClients()).forEach(subjectClients::add);
    exchange.put("impersonation", access.exchange().impersonation());
    exchange.put("delegation", access.exchange().delegation());
  }

  private static ExchangePolicy exchange(Fields fields) {
    ExchangePolicy policy = new ExchangePolicy(Set.copyOf(fields.texts("subjectClients", List.of())),
        fields.flag("impersonation", false), fields.flag("delegation", false));
    fields.end();
    return policy;
  }

  static void checkName(Fields fields, String key, String name) {
    if (!ClaimValues.isName(name)) {
      fields.problem(key, "expected names of claims beyond the protocol's own, found '" + name + "'");
    }
  }
}
