package dev.mintlog.registry.client;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody else's issuer whose JWTs a client may present as authorization grants, RFC 7523 §2.1.
 *
 * @param issuer {@code iss}, compared as it is
 * @param jwks its public keys as a JWK set, RFC 7517 §5; empty where they are at {@code jwksUri}
 * @param jwksUri where it publishes its public keys; empty where they are in {@code jwks}
 * @param algorithms JWS algorithms it may use; empty for all that its keys allow
 * @param audiences what it calls this server, compared as it is; empty for the token endpoint's URL and the issuer
 * @param subjects whom it may name
 * @param subjectPrefix stands before its {@code sub} in the {@code sub} of our tokens, so that subjects of two issuers do
 *     not meet; may be empty
 */
public record AssertionIssuer(String issuer, Map<String, Object> jwks, Optional<URI> jwksUri, Set<String> algorithms,
    Set<String> audiences, SubjectRule subjects, String subjectPrefix) {
  public AssertionIssuer {
    jwks = Collections.unmodifiableMap(new LinkedHashMap<>(jwks));
    algorithms = Set.copyOf(algorithms);
    audiences = Set.copyOf(audiences);
  }
}
