package dev.mintlog.grant.onbehalf;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant.OnBehalfOf;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.NewAuthorization;
import dev.mintlog.grant.RequestedScopes;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/**
 * Tokens of a user for the API that the user's access token was for, which goes on to another one. They are of an
 * authorization of their own, which names the user's and ends with it.
 */
public final class OnBehalfOfHandler implements GrantHandler<OnBehalfOf> {

  @Override
  public Class<OnBehalfOf> grant() {
    return OnBehalfOf.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, OnBehalfOf grant,
      Registration registration) {
    // The id is a digest of 128 random bits: a state that is there was born of another command.
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Optional<String> wrong = wrong(request, grant.subject(), registration);
    if (wrong.isPresent()) {
      return Decision.denied(TokenError.INVALID_GRANT, "expected as assertion " + wrong.get() + ", but found another");
    }
    Scopes allowed = registration.client().allowedScopes();
    Scopes asked = RequestedScopes.orAll(request.scope(), allowed);
    Scopes wanted = asked.filtered(name -> isAsked(name, allowed, registration));
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, allowed);
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    Consent consent = new Consent(request.clientId(), grant.subject().subject(), wanted, grant.authTime(), grant.acr(),
        grant.amr(), Optional.empty(), Optional.empty(), request.resources(), grant.userClaims())
        .onBehalf(grant.origin());
    return ConsentCheck.isRevoked(request.delivery().requestedAt(), consent, registration)
        ? Decision.denied(TokenError.INVALID_GRANT, "expected a user who may sign in, but found another")
        : NewAuthorization.bornOf(request, grant.id(), consent, registration);
  }

  private static Optional<String> wrong(TokenRequest request, SubjectToken token, Registration registration) {
    // RFC 9068 §4: an access token is for whom its aud names, and for nobody else to go on with.
    if (Collections.disjoint(token.audience(), registration.client().access().exchange().audiences())) {
      return Optional.of("an access token whose aud is an API resource that the client is");
    }
    if (token.subject().equals(token.clientId())) {
      return Optional.of("an access token of a user");
    }
    // RFC 8693 §4.1 and §4.4: who acts for another, and who may, would be lost in the next token.
    if (!token.actors().isEmpty()) {
      return Optional.of("an access token of a user for whom nobody acts");
    }
    if (token.mayAct().filter(party -> !party.equals(request.clientId())).isPresent()) {
      return Optional.of("an access token that lets the client act, or says nothing of it");
    }
    Instant requestedAt = request.delivery().requestedAt();
    boolean isRevoked = registration.revocations().revokedBefore(token.subject(), token.clientId())
        .filter(token.issuedAt()::isBefore).isPresent();
    return isRevoked || !requestedAt.isBefore(token.expiresAt())
        ? Optional.of("an access token that lives") : Optional.empty();
  }

  // Clients in the field always ask for openid, profile and offline_access here; what they may not have is left out.
  private static boolean isAsked(String name, Scopes allowed, Registration registration) {
    boolean isOfUsers = registration.tenant().scopes().containsKey(name) && !registration.tenant().isApiScope(name);
    return allowed.contains(name) || !isOfUsers;
  }
}
