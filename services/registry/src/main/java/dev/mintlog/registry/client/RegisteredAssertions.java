package dev.mintlog.registry.client;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a client proves itself with a JWT, RFC 7523 §2.2: by its public keys or by a shared secret, never by both; or by the
 * word of an issuer.
 *
 * @param jwks its public keys as a JWK set, RFC 7517 §5; empty where there is none
 * @param certificates PEM of certificates whose keys count too
 * @param secrets of {@code client_secret_jwt}, expired ones included; empty where keys are there
 * @param algorithms JWS algorithms it may use; empty for all that its keys allow
 * @param issuerOnly whether {@code aud} must be the issuer and nothing else, not the endpoint's URL
 * @param lenientMac whether a MAC counts that calls itself RS256 and is encoded twice, as PSAuthClient makes it
 * @param jwksUri where it publishes its public keys; empty where they are in {@code jwks}
 * @param trusted issuers whose JWTs about it count as well
 */
public record RegisteredAssertions(Map<String, Object> jwks, List<String> certificates,
    List<RegisteredSharedSecret> secrets, Set<String> algorithms, boolean issuerOnly, boolean lenientMac,
    Optional<URI> jwksUri, List<TrustedIssuer> trusted) {
  /** A client that uses none. */
  public static final RegisteredAssertions NONE =
      new RegisteredAssertions(Map.of(), List.of(), List.of(), Set.of(), false, false, Optional.empty(), List.of());

  public RegisteredAssertions {
    jwks = Collections.unmodifiableMap(new LinkedHashMap<>(jwks));
    certificates = List.copyOf(certificates);
    secrets = List.copyOf(secrets);
    algorithms = Set.copyOf(algorithms);
    trusted = List.copyOf(trusted);
  }

  public boolean isEmpty() {
    return jwks.isEmpty() && certificates.isEmpty() && secrets.isEmpty() && jwksUri.isEmpty()
        && trusted.isEmpty();
  }
}
