package dev.mintlog.registry.client;

import java.net.URI;

/**
 * Somebody else's issuer whose JWTs a client may show as {@code login_hint_token}, OpenID CIBA Core §7.1.
 *
 * @param issuer {@code iss}, compared as it is
 * @param jwksUri where the issuer publishes its keys
 */
public record HintIssuer(String issuer, URI jwksUri) {}
