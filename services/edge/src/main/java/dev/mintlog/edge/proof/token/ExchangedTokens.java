package dev.mintlog.edge.proof.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies the subject_token and actor_token of a token exchange, RFC 8693 §2.1: tokens of our own only. Thread-safe. */
public final class ExchangedTokens {
  /** Longest token that is read. */
  public static final int CHARACTERS_MAX = 32_768;
  /** Longest chain of actors that is read. */
  public static final int ACTORS_MAX = 16;

  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(1);
  private static final String ACCESS_TOKEN_TYPE = "at+jwt";
  private static final String ID_TOKEN_TYPE = "JWT";

  private final TokenVerifiers verifiers = new TokenVerifiers();

  /** What a token is presented as: an ID token is none for APIs, and an access token says nothing of a sign-in. */
  public enum Kind {
    ACCESS_TOKEN,
    ID_TOKEN
  }

  /**
   * Where and from whom tokens are received.
   *
   * @param proved the key that the sender of the request proved to have
   * @param now what times are compared with
   */
  public record Receiver(RegistrySnapshot registry, String tenant, Optional<Confirmation> proved, Instant now) {}

  /** @param parameter for the description of what is wrong with it */
  public Checked<ExchangedToken> verify(Receiver receiver, String parameter, Kind kind, String token) {
    if (token.length() > CHARACTERS_MAX) {
      return refused(parameter, "at most " + CHARACTERS_MAX + " characters, but found " + token.length());
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!isSignedByUs(receiver.registry(), receiver.tenant(), kind, jwt)) {
        return refused(parameter, "a token of the type it is said to be, signed by this issuer, but found another");
      }
      return judge(receiver, parameter, kind, jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return refused(parameter, "a signed JWT of this issuer, but found something else");
    }
  }

  /**
   * Judges an access token that is a handle, as one that is a JWT.
   *
   * @param said what the state says of it
   */
  public Checked<ExchangedToken> ofReference(Receiver receiver, String parameter, Map<String, Object> said) {
    try {
      return judge(receiver, parameter, Kind.ACCESS_TOKEN, JWTClaimsSet.parse(said));
    } catch (ParseException e) {
      return refused(parameter, "an access token that can be exchanged, but found another");
    }
  }

  // RFC 8725 §3.11: explicit typing keeps the two kinds apart; the verifier is the key's, not the header's.
  private boolean isSignedByUs(RegistrySnapshot registry, String tenant, Kind kind, SignedJWT jwt)
      throws JOSEException {
    String type = kind == Kind.ACCESS_TOKEN ? ACCESS_TOKEN_TYPE : ID_TOKEN_TYPE;
    if (!new JOSEObjectType(type).equals(jwt.getHeader().getType())) {
      return false;
    }
    Optional<JWSVerifier> verifier = verifiers.of(registry, tenant, jwt.getHeader());
    return verifier.isPresent() && jwt.verify(verifier.get());
  }

  private static Checked<ExchangedToken> judge(Receiver receiver, String parameter, Kind kind, JWTClaimsSet claims)
      throws ParseException {
    RegistrySnapshot registry = receiver.registry();
    String tenant = receiver.tenant();
    Instant now = receiver.now();
    String issuer = registry.tenant(tenant).map(Tenant::issuer).orElse("");
    Date expiresAt = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (!issuer.equals(claims.getIssuer()) || expiresAt == null || !now.isBefore(expiresAt.toInstant())
        || notBefore != null && now.plus(CLOCK_LEEWAY).isBefore(notBefore.toInstant())) {
      return refused(parameter, "a token of this issuer that lives, but found another");
    }
    boolean isAccessToken = kind == Kind.ACCESS_TOKEN;
    String clientId = claims.getStringClaim(isAccessToken ? "client_id" : "azp");
    if (clientId == null || claims.getSubject() == null || claims.getJWTID() == null || claims.getIssueTime() == null) {
      return refused(parameter, "a token with client, sub, jti and iat, but one is missing");
    }
    // RFC 7800 §3.1: good only for whom has the key. What it is exchanged for is bound to the key that the request proves,
    // which is that one: an exchange takes no key off a token.
    if (claims.getClaim("cnf") != null && receiver.proved().filter(key -> isBoundTo(claims, key)).isEmpty()) {
      return refused(parameter,
          "a bearer token, or one that is bound to the key that the request proves, but found one bound to another key");
    }
    if (registry.client(tenant, clientId).filter(client -> client.client().enabled()).isEmpty()) {
      return refused(parameter, "a token of an enabled client, but found another");
    }
    // Older than a revocation of all before, so is what it was issued on. What else may have ended it, the state says.
    if (registry.revocations(tenant).revokedBefore(claims.getSubject(), clientId)
        .filter(claims.getIssueTime().toInstant()::isBefore).isPresent()) {
      return refused(parameter, "a token that lives, but it was revoked");
    }
    Optional<AuthorizationId> authorization = authorization(tenant, claims.getJWTID());
    if (!isAccessToken && authorization.isEmpty()) {
      return refused(parameter, "an ID token that leads to its authorization, but found another");
    }
    return Checked.accepted(new ExchangedToken(authorization, clientId, claims.getSubject(),
        isAccessToken ? Optional.of(AccessTokenVerifier.scopes(claims)) : Optional.empty(),
        isAccessToken ? claims.getAudience() : List.of(), claims.getIssueTime().toInstant(), expiresAt.toInstant(),
        actors(claims), mayAct(claims, issuer)));
  }

  private static boolean isBoundTo(JWTClaimsSet claims, Confirmation key) {
    return Map.of(key.method().member(), key.thumbprint()).equals(claims.getClaim("cnf"));
  }

  // RFC 8693 §4.1
  private static List<String> actors(JWTClaimsSet claims) throws ParseException {
    List<String> actors = new ArrayList<>();
    Object actor = claims.getClaim("act");
    while (actor instanceof Map<?, ?> members && actors.size() < ACTORS_MAX) {
      if (!(members.get("sub") instanceof String sub)) {
        throw new ParseException("expected sub in act", 0);
      }
      actors.add(sub);
      actor = members.get("act");
    }
    if (actor != null) {
      throw new ParseException("expected a chain of at most " + ACTORS_MAX + " actors", 0);
    }
    return actors;
  }

  // RFC 8693 §4.4. Parties are known here by sub; one of another issuer is nobody here.
  private static Optional<String> mayAct(JWTClaimsSet claims, String issuer) throws ParseException {
    Object mayAct = claims.getClaim("may_act");
    if (mayAct == null) {
      return Optional.empty();
    }
    boolean ours = mayAct instanceof Map<?, ?> members && members.get("sub") instanceof String
        && (members.get("iss") == null || issuer.equals(members.get("iss")));
    if (!ours) {
      throw new ParseException("expected sub in may_act", 0);
    }
    return Optional.of((String) ((Map<?, ?>) mayAct).get("sub"));
  }

  private static Optional<AuthorizationId> authorization(String tenant, String jti) {
    int dot = jti.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new AuthorizationId(tenant, jti.substring(0, dot)));
  }

  // RFC 8693 §2.2.2: "if either the "subject_token" or "actor_token" are invalid for any reason […] the value of the
  // "error" parameter MUST be the "invalid_request" error code".
  private static <T> Checked<T> refused(String parameter, String expected) {
    return Checked.refused(Refusal.invalidRequest(parameter + ": expected " + expected));
  }
}
