package dev.mintlog.grant.code;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.RedirectUris;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.CreateAuthorization;
import dev.mintlog.grant.ConsentedDetails;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.RequestedResources;
import dev.mintlog.grant.RequestedScopes;
import java.time.Instant;
import java.util.Optional;

/** Birth of an authorization by a code, RFC 6749 §4.1.1 to §4.1.2: what the login application vouches for is checked. */
public final class AuthorizationCreation {
  private AuthorizationCreation() {}

  public static Decision decide(Optional<Authorization> loaded, CreateAuthorization command,
      Registration registration) {
    // The id is a digest of 128 random bits: a state that is there was born of another command.
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Client client = registration.client();
    if (!client.mayUse(GrantType.AUTHORIZATION_CODE)) {
      return Decision.denied(TokenError.UNAUTHORIZED_CLIENT,
          "expected a client that may use " + GrantType.AUTHORIZATION_CODE);
    }
    // RFC 6749 §3.1.2.3: "the authorization server MUST compare and match the value received against at least one of
    // the registered redirection URIs".
    if (command.redirectUri().isPresent()
        && !RedirectUris.contain(client.redirectUris(), command.redirectUri().get())) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a redirect_uri registered for the client");
    }
    if (command.redirectUri().isEmpty() && client.redirectUris().size() != 1) {
      return Decision.denied(TokenError.INVALID_REQUEST,
          "expected a redirect_uri, because the client has not registered exactly one");
    }
    // RFC 9700 §2.1.1: "authorization servers MUST support PKCE"; whoever is not said to do without it must use it.
    if (client.requirePkce() && command.challenge().isEmpty()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a code_challenge (S256), but found none");
    }
    Consent consent = command.consent();
    Scopes wanted = RequestedScopes.orAll(Optional.of(consent.scopes()), client.allowedScopes());
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, client.allowedScopes())
        .or(() -> RequestedResources.refusal(consent.resources(), wanted, registration))
        .or(() -> ConsentedDetails.refusal(consent.details(), wanted, registration));
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    return born(command,
        consent.withScopes(registration.tenant().narrowed(wanted, consent.resources())), client);
  }

  private static Decision born(CreateAuthorization command, Consent consent, Client client) {
    Instant bornAt = command.delivery().requestedAt();
    Instant expiresAt = bornAt.plus(client.tokens().codeLifetime());
    CodeIssued state = new CodeIssued(
        consent.boundTo(command.delivery().confirmation()), command.redirectUri(), command.challenge(), expiresAt);
    Applied applied = new Applied(command.delivery().commandId(), command.delivery().position(),
        new Answer.CodeCreated(client.tokens().codeLifetime()));
    return Decision.granting(Optional.empty(),
        Authorization.born(command.id(), state, applied, bornAt, expiresAt));
  }
}
