package dev.mintlog.authorization;

import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.answer.GrantTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protocol's claims of an access token, RFC 9068 §2.2: of a JWT in it, of a handle at its introspection. */
public final class AccessTokenClaims {
  private AccessTokenClaims() {}

  /**
   * In the order they are written; values are String, Long, List of String or of AuthorizationDetail, or Map of those.
   *
   * @param consent what stands behind the token; empty where the client acts for itself
   */
  public static Map<String, Object> of(String clientId, GrantTerms terms, Optional<Consent> consent) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", terms.issuer());
    claims.put("sub", terms.subject());
    claims.put("aud", oneOrMany(terms.audience()));
    claims.put("client_id", clientId);
    claims.put("scope", terms.scopeAsArray() ? List.copyOf(terms.scopes().values()) : terms.scopes().text());
    claims.put("iat", terms.issuedAt().getEpochSecond());
    claims.put("nbf", terms.issuedAt().getEpochSecond());
    claims.put("exp", terms.accessTokenExpiresAt().getEpochSecond());
    claims.put("jti", terms.jti());
    if (!terms.details().isEmpty()) {
      claims.put("authorization_details", terms.details());
    }
    actor(terms.actors()).ifPresent(actor -> claims.put("act", actor));
    // RFC 7800 §3.1: "cnf" says whose key the presenter has to prove.
    terms.confirmation().ifPresent(key -> claims.put("cnf", Map.of(key.method().member(), key.thumbprint())));
    consent.ifPresent(given -> putAuthentication(claims, given));
    terms.directory().ifPresent(directory -> {
      putDirectory(claims, terms, directory);
      if (consent.isPresent()) {
        claims.put("scp", terms.scopes().text());
      } else {
        putApplication(claims, terms);
      }
    });
    return claims;
  }

  // APIs that are made for Entra ID take a token with "scp" for a user's, and what a client may do for itself they find in
  // "roles". Roles that the operator gives the client are its roles.
  private static void putApplication(Map<String, Object> claims, GrantTerms terms) {
    claims.put("idtyp", "app");
    if (!terms.claims().jsonByName().containsKey("roles")) {
      claims.put("roles", List.copyOf(terms.scopes().values()));
    }
  }

  /** Of no RFC: what clients of Entra ID read of the subject in either token. */
  public static void putDirectory(Map<String, Object> claims, GrantTerms terms, DirectoryClaims directory) {
    claims.put("tid", directory.tenantId());
    claims.put("oid", terms.subject());
  }

  /** How the resource owner was authenticated, OpenID Connect Core §2. */
  public static void putAuthentication(Map<String, Object> claims, Consent consent) {
    consent.authTime().ifPresent(time -> claims.put("auth_time", time.getEpochSecond()));
    consent.acr().ifPresent(acr -> claims.put("acr", acr));
    if (!consent.amr().isEmpty()) {
      claims.put("amr", consent.amr());
    }
    // Of no RFC; APIs behind Duende's IdentityServer and IdentityServer4 read it.
    consent.idp().ifPresent(idp -> claims.put("idp", idp));
  }

  // RFC 8693 §4.1: "A chain of delegation can be expressed by nesting one "act" claim within another."
  private static Optional<Map<String, Object>> actor(List<String> actors) {
    if (actors.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("sub", actors.get(0));
    actor(actors.subList(1, actors.size())).ifPresent(before -> actor.put("act", before));
    return Optional.of(actor);
  }

  private static Object oneOrMany(List<String> audience) {
    return audience.size() == 1 ? audience.get(0) : audience;
  }
}
