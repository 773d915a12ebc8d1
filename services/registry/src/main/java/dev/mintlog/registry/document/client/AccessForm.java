package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.ClaimsText;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a client's access tokens may be for and hold, as it is written among the client's keys. */
final class AccessForm {
  private static final String JWT = "jwt";
  private static final String REFERENCE = "reference";

  private AccessForm() {}

  static AccessPolicy read(Fields client) {
    Map<String, Object> claims = client.values("claims");
    claims.keySet().forEach(name -> Names.checkClaim(client, "claims", name));
    return new AccessPolicy(
        client.flag("multipleResources", AccessPolicy.DEFAULT.multipleResources()), ClaimsText.of(claims),
        exchange(client.object("tokenExchange")), tokenType(client),
        Set.copyOf(client.texts("authorizationDetailTypes", List.of())));
  }

  private static AccessTokenType tokenType(Fields client) {
    String name = client.optionalText("accessTokenType").orElse(JWT);
    if (!name.equals(JWT) && !name.equals(REFERENCE)) {
      client.problem("accessTokenType", "expected " + JWT + " or " + REFERENCE + ", found '" + name + "'");
    }
    return name.equals(REFERENCE) ? AccessTokenType.REFERENCE : AccessTokenType.JWT;
  }

  static void write(ObjectNode client, AccessPolicy access) {
    client.put("accessTokenType", access.tokenType() == AccessTokenType.REFERENCE ? REFERENCE : JWT);
    ArrayNode detailTypes = client.putArray("authorizationDetailTypes");
    new TreeSet<>(access.detailTypes()).forEach(detailTypes::add);
    client.put("multipleResources", access.multipleResources());
    if (!access.claims().isEmpty()) {
      client.set("claims", CanonicalJson.read(access.claims().json()));
    }
    ObjectNode exchange = client.putObject("tokenExchange");
    ArrayNode subjectClients = exchange.putArray("subjectClients");
    new TreeSet<>(access.exchange().subjectClients()).forEach(subjectClients::add);
    ArrayNode audiences = exchange.putArray("audiences");
    new TreeSet<>(access.exchange().audiences()).forEach(audiences::add);
    exchange.put("impersonation", access.exchange().impersonation());
    exchange.put("delegation", access.exchange().delegation());
  }

  private static ExchangePolicy exchange(Fields fields) {
    ExchangePolicy policy = new ExchangePolicy(Set.copyOf(fields.texts("subjectClients", List.of())),
        fields.flag("impersonation", false), fields.flag("delegation", false),
        Set.copyOf(fields.texts("audiences", List.of())));
    fields.end();
    return policy;
  }
}
