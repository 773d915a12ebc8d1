package dev.mintlog.registry.client;

import java.net.URI;

/**
 * Somebody else's issuer whose JWTs prove a client, RFC 7523 §2.2: a workload shows the token that its platform gave it.
 * All three names are compared as they are.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param audience one of {@code aud}
 * @param jwksUri where the issuer publishes its keys
 */
public record TrustedIssuer(String issuer, String subject, String audience, URI jwksUri) {}
