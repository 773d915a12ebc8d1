package dev.mintlog.grant;

import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant.TokenExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts together what is granted. */
public final class Terms {
  private Terms() {}

  /** Terms of a token for the client itself. */
  public static GrantTerms forClient(TokenRequest request, Registration registration, Scopes scopes) {
    return terms(request, registration, registration.client().id(), scopes, request.resources(), Optional.empty(),
        Optional.empty(), ClaimValues.NONE);
  }

  /**
   * Terms of tokens for the subject of a consent.
   *
   * @param scopes scopes of the access token; within the consent's
   * @param refresh generation of the refresh handle that goes with it
   */
  public static GrantTerms forConsent(TokenRequest request, Registration registration, Consent consent, Scopes scopes,
      Optional<Integer> refresh) {
    // OpenID Connect Core §3.1.3.3: the response carries an ID token where the openid scope was granted.
    boolean gives = GrantPolicy.of(registration).givesIdToken(request.grant().type());
    Optional<Duration> idToken = gives && scopes.contains(Scopes.OPENID)
        ? Optional.of(registration.client().tokens().idTokenLifetime())
        : Optional.empty();
    GrantTerms terms = terms(request, registration, consent.subject(), scopes,
        RequestedResources.of(request, consent), refresh, idToken, consent.userClaims());
    // As with scopes, what the client may no longer have it no longer gets.
    return terms.withDetails(registration.tenant().detailsFor(terms.audience(),
        RequestedDetails.of(request, consent).stream()
        .filter(detail -> registration.client().access().detailTypes().contains(detail.type())).toList()));
  }

  /**
   * Terms of a token that is given for another, RFC 8693: within that one's audience, and not living longer.
   *
   * @param actors who acts, the last one first
   * @param scopes within those of the subject token
   * @param consent what stands behind the subject token; empty where its client acts for itself
   */
  public static GrantTerms ofExchange(TokenRequest request, Registration registration, TokenExchange grant,
      List<String> actors, Scopes scopes, Optional<Consent> consent) {
    List<String> most = grant.subject().audience().isEmpty()
        ? consent.map(Consent::resources).orElse(List.of()) : grant.subject().audience();
    GrantTerms terms = terms(request, registration, grant.subject().subject(), scopes,
        RequestedResources.within(most, request.resources()), Optional.empty(), Optional.empty(),
        consent.map(Consent::userClaims).orElse(ClaimValues.NONE));
    // Whole seconds, as the state keeps them: the answer to a redelivered command has the same exp.
    Duration rest = Duration.between(terms.issuedAt(), grant.subject().expiresAt()).truncatedTo(ChronoUnit.SECONDS);
    return terms.exchanged(actors, rest.compareTo(terms.accessTokenLifetime()) < 0 ? rest : terms.accessTokenLifetime());
  }

  /** What its tokens would be signed with; empty where the tenant has no key of the client's algorithm in force. */
  static Optional<SigningKeyRef> signingKey(TokenRequest request, Registration registration) {
    return registration.tenant().signingKeyAt(
        registration.client().tokens().algorithm(), request.delivery().requestedAt());
  }

  /** Whether a refresh handle goes with tokens of this consent. */
  public static boolean isRefreshable(Consent consent, Client client) {
    return consent.scopes().contains(Scopes.OFFLINE_ACCESS) && client.mayUse(GrantType.REFRESH_TOKEN);
  }

  /** Until when an active authorization is kept: as long as any of its handles could still be valid. */
  public static Instant keepUntil(GrantTerms terms, Instant bornAt, Client client) {
    Instant keep = terms.accessTokenExpiresAt();
    if (terms.refresh().isPresent()) {
      Instant handle = client.refresh().endOf(bornAt, terms.issuedAt());
      keep = handle.isAfter(keep) ? handle : keep;
    }
    return keep;
  }

  private static GrantTerms terms(TokenRequest request, Registration registration, String subject, Scopes scopes,
      List<String> resources, Optional<Integer> refresh, Optional<Duration> idToken, ClaimValues userClaims) {
    Client.TokenPolicy policy = registration.client().tokens();
    Instant issuedAt = request.delivery().requestedAt();
    SigningKeyRef key = signingKey(request, registration)
        .orElseThrow(() -> new IllegalStateException("tenant " + registration.tenant().name()
            + " has no signing key for " + policy.algorithm().jws() + " in force"));
    List<String> audience = registration.tenant().audienceOf(scopes, resources);
    Optional<DirectoryClaims> directory = DirectoryTerms.of(request, registration, userClaims);
    Set<String> wanted = registration.tenant().wantedUserClaims(audience);
    ClaimValues ofUser = directory.isPresent()
        ? DirectoryTerms.named(userClaims, wanted) : userClaims.only(wanted);
    // What the operator says of a client is not for a user's claim to change.
    ClaimValues claims = registration.client().access().claims().and(ofUser);
    return new GrantTerms(request.grant().type(), registration.tenant().issuer(), jti(request), subject,
        registration.tenant().narrowed(scopes, resources), audience, issuedAt, policy.accessTokenLifetime(), key, refresh,
        idToken, claims, registration.tenant().policy().scopeClaimAsArray(), List.of(),
        request.delivery().confirmation(), Optional.empty(), idToken.flatMap(lifetime -> policy.idTokenEncryption()),
        List.of(), directory);
  }

  /**
   * Derived from the command id, so that a redelivered command has the same; it carries the authorization id, so that
   * introspection of a token can look at the state it came of. One that came of an exchange says so: the client that has
   * it need not be the authorization's.
   */
  private static String jti(TokenRequest request) {
    String command = request.delivery().commandId().value();
    String exchanged = request.grant() instanceof TokenExchange ? GrantTerms.EXCHANGED : "";
    return request.authorization().map(id -> id.value() + "." + command + exchanged).orElse(command);
  }
}
