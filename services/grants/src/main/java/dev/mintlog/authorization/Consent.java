package dev.mintlog.authorization;

import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the resource owner agreed to, and how they were authenticated when they did.
 *
 * @param clientId the client the consent was given to; nobody else may redeem what came of it
 * @param subject the opaque {@code sub}, OpenID Connect Core §2
 * @param scopes what was granted; may be narrower than what was asked
 * @param authTime when the resource owner was authenticated
 * @param acr authentication context class, OpenID Connect Core §2
 * @param amr authentication methods, RFC 8176
 * @param nonce the authorization request's, to be repeated in every ID token
 * @param claims further claims for the ID token
 * @param resources API resources that the authorization request named, RFC 8707 §2.1; empty where it named none: then the
 *     scopes say which are meant
 * @param userClaims what is known of the subject and wanted by API resources; each gets what it wants
 * @param idp the provider of users that knew the user's password; empty where the login application vouched
 * @param confirmation the key that what comes of it is bound to: a code's, until it is redeemed (RFC 9449 §10), then
 *     the refresh handles'
 * @param details what was granted in detail, RFC 9396 §2; each API resource gets those of its types
 * @param userInfoClaims what is known of the subject and was asked for by the authorization request, to be told at the
 *     userinfo endpoint: OpenID Connect Core §5.5
 * @param origin the authorization that the user gave, where this one was got on their behalf: with it, this one ends
 * @param assertionIssuer who vouched for the subject, where it is an issuer that the client is registered for: {@code iss}
 *     of the assertion that the authorization was born of, RFC 7523 §2.1
 */
public record Consent(
    String clientId,
    String subject,
    Scopes scopes,
    Optional<Instant> authTime,
    Optional<String> acr,
    List<String> amr,
    Optional<String> nonce,
    Optional<FurtherClaims> claims,
    List<String> resources,
    ClaimValues userClaims,
    Optional<String> idp,
    Optional<Confirmation> confirmation,
    List<AuthorizationDetail> details,
    ClaimValues userInfoClaims,
    Optional<AuthorizationId> origin,
    Optional<String> assertionIssuer) {

  public Consent {
    details = List.copyOf(details);
    amr = List.copyOf(amr);
    resources = List.copyOf(resources);
  }

  /** A consent of an authorization request that asked for no claims at the userinfo endpoint. */
  public Consent(String clientId, String subject, Scopes scopes, Optional<Instant> authTime, Optional<String> acr,
      List<String> amr, Optional<String> nonce, Optional<FurtherClaims> claims, List<String> resources,
      ClaimValues userClaims, Optional<String> idp, Optional<Confirmation> confirmation,
      List<AuthorizationDetail> details) {
    this(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp, confirmation,
        details, ClaimValues.NONE, Optional.empty(), Optional.empty());
  }

  /** A consent without authorization details. */
  public Consent(String clientId, String subject, Scopes scopes, Optional<Instant> authTime, Optional<String> acr,
      List<String> amr, Optional<String> nonce, Optional<FurtherClaims> claims, List<String> resources,
      ClaimValues userClaims, Optional<String> idp, Optional<Confirmation> confirmation) {
    this(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp, confirmation,
        List.of());
  }

  /** A consent of an authorization request that named no resource. */
  public Consent(String clientId, String subject, Scopes scopes, Optional<Instant> authTime, Optional<String> acr,
      List<String> amr, Optional<String> nonce, Optional<FurtherClaims> claims) {
    this(clientId, subject, scopes, authTime, acr, amr, nonce, claims, List.of(), ClaimValues.NONE);
  }

  /** What the login application vouches for. */
  public Consent(String clientId, String subject, Scopes scopes, Optional<Instant> authTime, Optional<String> acr,
      List<String> amr, Optional<String> nonce, Optional<FurtherClaims> claims, List<String> resources,
      ClaimValues userClaims) {
    this(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, Optional.empty(),
        Optional.empty());
  }

  /** The same consent, for fewer scopes. */
  public Consent withScopes(Scopes narrower) {
    return new Consent(clientId, subject, narrower, authTime, acr, amr, nonce, claims, resources, userClaims, idp,
        confirmation, details, userInfoClaims, origin, assertionIssuer);
  }

  /** The same consent, got on behalf of the user who gave another authorization. */
  public Consent onBehalf(AuthorizationId given) {
    return new Consent(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp,
        confirmation, details, userInfoClaims, Optional.of(given),
        assertionIssuer);
  }

  /** The same consent, which an issuer of assertions vouched for. */
  public Consent vouchedForBy(String issuer) {
    return new Consent(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp,
        confirmation, details, userInfoClaims, origin, Optional.of(issuer));
  }

  /** The same consent, what comes of it bound to a key, or to none. */
  public Consent boundTo(Optional<Confirmation> key) {
    return new Consent(
        clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp, key, details,
        userInfoClaims, origin, assertionIssuer);
  }

  /** The same consent, with what the userinfo endpoint tells beyond what the scopes say. */
  public Consent withUserInfoClaims(ClaimValues told) {
    return new Consent(clientId, subject, scopes, authTime, acr, amr, nonce, claims, resources, userClaims, idp,
        confirmation, details, told, origin, assertionIssuer);
  }

  /** Whether what was born of it then has ended by now: revoked, its user disabled, or who vouched for them withdrawn. */
  public boolean isRevoked(Instant bornAt, Revocations revocations) {
    return isWithdrawn(revocations) || revocations.revokedBefore(subject, clientId).filter(bornAt::isBefore).isPresent();
  }

  /** Whether the client may present no more what vouched for the user. */
  public boolean isWithdrawn(Revocations revocations) {
    return assertionIssuer.filter(issuer -> revocations.isWithdrawn(issuer, clientId)).isPresent();
  }
}
