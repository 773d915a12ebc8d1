package dev.mintlog.answer;

import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningKeyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What exactly was granted. Kept in the state, so that a command that is delivered again yields the same claims, jti, kid
 * and handles even when registrations or keys have changed meanwhile.
 *
 * @param issuer {@code iss}
 * @param jti id of the access token; derived from the command id
 * @param subject {@code sub}; the client itself for client_credentials, RFC 9068 §2.2
 * @param scopes scopes of the access token
 * @param audience {@code aud} of the access token
 * @param issuedAt the command's time
 * @param refresh generation of the refresh handle that goes with it, where one does
 * @param idTokenLifetime present where an ID token goes with it
 * @param claims further claims of the access token
 * @param scopeAsArray whether its {@code scope} is a JSON array
 * @param actors who acts for the subject, the last one first: {@code act}, RFC 8693 §4.1
 * @param confirmation {@code cnf} of the access token; empty for a bearer token
 * @param reference number of the access token among its authorization's, where it is a handle; empty where it is a JWT
 * @param encryption how the ID token is encrypted; empty where it is signed only
 * @param details authorization details of the access token, RFC 9396 §9.1
 * @param directory claims for clients of Entra ID; empty where the tokens are for others
 */
public record GrantTerms(
    GrantType grantType,
    String issuer,
    String jti,
    String subject,
    Scopes scopes,
    List<String> audience,
    Instant issuedAt,
    Duration accessTokenLifetime,
    SigningKeyRef key,
    Optional<Integer> refresh,
    Optional<Duration> idTokenLifetime,
    ClaimValues claims,
    boolean scopeAsArray,
    List<String> actors,
    Optional<Confirmation> confirmation,
    Optional<Integer> reference,
    Optional<IdTokenEncryption> encryption,
    List<AuthorizationDetail> details,
    Optional<DirectoryClaims> directory) {
  /** How the jti of a token ends that was given for another one, and belongs to that one's authorization. */
  public static final String EXCHANGED = ".x";

  public GrantTerms {
    audience = List.copyOf(audience);
    actors = List.copyOf(actors);
    details = List.copyOf(details);
  }

  /** The same for a handle instead of a JWT. */
  public GrantTerms withReference(int number) {
    return new GrantTerms(grantType, issuer, jti, subject, scopes, audience, issuedAt, accessTokenLifetime, key, refresh,
        idTokenLifetime, claims, scopeAsArray, actors, confirmation, Optional.of(number), encryption, details, directory);
  }

  /** The same with authorization details. */
  public GrantTerms withDetails(List<AuthorizationDetail> granted) {
    return new GrantTerms(grantType, issuer, jti, subject, scopes, audience, issuedAt, accessTokenLifetime, key, refresh,
        idTokenLifetime, claims, scopeAsArray, actors, confirmation, reference, encryption, granted, directory);
  }

  /** The same for a token that is given for another, RFC 8693. */
  public GrantTerms exchanged(List<String> acting, Duration lifetime) {
    return new GrantTerms(grantType, issuer, jti, subject, scopes, audience, issuedAt, lifetime, key, refresh,
        idTokenLifetime, claims, scopeAsArray, acting, confirmation, reference, encryption, details, directory);
  }

  public Instant accessTokenExpiresAt() {
    return issuedAt.plus(accessTokenLifetime);
  }
}
