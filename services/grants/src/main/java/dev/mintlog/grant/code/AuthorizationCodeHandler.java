package dev.mintlog.grant.code;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.GrantPolicy;
import dev.mintlog.grant.RequestedDetails;
import dev.mintlog.grant.SenderCheck;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/** Redeems a code, RFC 6749 §4.1.3 and RFC 7636 §4.6. */
public final class AuthorizationCodeHandler implements GrantHandler<Grant.AuthorizationCode> {
  private static final String UNKNOWN = "expected a code that was issued to the client and is unused and unexpired";

  @Override
  public Class<Grant.AuthorizationCode> grant() {
    return Grant.AuthorizationCode.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.AuthorizationCode grant,
      Registration registration) {
    // RFC 6749 §5.2: invalid_grant where the grant "was issued to another client". Who is not its client can neither
    // burn nor revoke it.
    if (loaded.isEmpty() || !loaded.get().state().clientId().equals(request.clientId())) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Authorization authorization = loaded.get();
    return authorization.state().match(
        code -> redeem(authorization, code, request, grant, registration),
        pending -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN),
        approved -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN),
        refused -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN),
        active -> reused(authorization, active, request),
        revoked -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN));
  }

  private static Decision redeem(Authorization before, CodeIssued code, TokenRequest request,
      Grant.AuthorizationCode grant, Registration registration) {
    Instant now = request.delivery().requestedAt();
    // RFC 6749 §4.1.2: "The authorization code MUST expire shortly after it is issued".
    if (!now.isBefore(code.expiresAt())) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Optional<Decision> otherSender = SenderCheck.ofCode(code.consent(), request);
    if (otherSender.isPresent()) {
      return otherSender.get();
    }
    Pkce pkce = Pkce.compare(code.challenge(), grant.verified(), registration.client().requirePkce());
    if (pkce == Pkce.WRONG) {
      return burnt(before, code, request);
    }
    if (pkce != Pkce.FITS) {
      return Decision.denied(TokenError.INVALID_GRANT, pkce.description());
    }
    // RFC 6749 §4.1.3: "ensure that the "redirect_uri" parameter is present if [it] was included in the initial
    // authorization request […] and if included ensure that their values are identical".
    if (code.redirectUri().isPresent() && !code.redirectUri().equals(grant.redirectUri())) {
      return grant.redirectUri().isPresent()
          ? Decision.denied(TokenError.INVALID_GRANT,
              "expected the redirect_uri of the authorization request, but found another")
          : Decision.denied(GrantPolicy.of(registration).missingRedirectUri(),
              "expected the redirect_uri of the authorization request, but found none");
    }
    Optional<Answer.Denied> wider = RequestedDetails.refusal(request, code.consent());
    if (wider.isPresent()) {
      return Decision.unchanged(wider.get());
    }
    return ConsentCheck.refusal(before, code.consent(), registration)
        .orElseGet(() -> redeemed(before, code, request, registration));
  }

  private static Decision redeemed(Authorization before, CodeIssued code, TokenRequest request,
      Registration registration) {
    Instant now = request.delivery().requestedAt();
    boolean refreshable = Terms.isRefreshable(code.consent(), registration.client());
    Rotation rotation = refreshable ? Rotation.first(now) : Rotation.none(now);
    GrantTerms terms = Terms.forConsent(request, registration, code.consent(), code.consent().scopes(),
        refreshable ? Optional.of(rotation.generation()) : Optional.empty());
    Instant keepUntil = Terms.keepUntil(terms, before.bornAt(), registration.client());
    return Decision.granting(Optional.of(before),
        before.next(code.redeem(rotation, request.delivery().confirmation()),
            applied(request, new Answer.Granted(terms)), keepUntil));
  }

  // RFC 7636 §4.6: "If the values are not equal, an error response indicating "invalid_grant" MUST be returned." The
  // code burns as well: somebody holds it who should not.
  private static Decision burnt(Authorization before, CodeIssued code, TokenRequest request) {
    Revoked burnt = code.burn(RevocationReason.WRONG_CODE_VERIFIER);
    return Decision.taking(before, before.next(burnt,
        applied(request, Answer.Denied.revoking(TokenError.INVALID_GRANT, Pkce.WRONG.description())),
        before.keptUntil()));
  }

  // RFC 6749 §4.1.2: "If an authorization code is used more than once, the authorization server MUST deny the request
  // and SHOULD revoke (when possible) all tokens previously issued based on that authorization code."
  private static Decision reused(Authorization before, Active active, TokenRequest request) {
    if (active.origin() != HandleKind.CODE) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Revoked revoked = active.revoke(RevocationReason.CODE_REUSED);
    return Decision.taking(before, before.next(revoked,
        applied(request, Answer.Denied.revoking(TokenError.INVALID_GRANT, UNKNOWN)), before.keptUntil()));
  }

  private static Applied applied(TokenRequest request, Answer answer) {
    return new Applied(request.delivery().commandId(), request.delivery().position(), answer);
  }
}
