package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Granted;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.ReferenceTokens;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.Decision.Answered;
import dev.mintlog.grant.Decision.Committed;
import java.util.List;
import java.util.Optional;

/**
 * Turns an access token that was granted into a handle, for clients whose access tokens are references: for every grant,
 * in one place. What it was granted is kept in the state of its authorization; a grant that has none gets one for it.
 */
final class ReferenceToken {
  private ReferenceToken() {}

  /** A decision, or the same one with a reference token in the place of a JWT. */
  static Decision instead(Optional<Authorization> loaded, TokenRequest request, Registration registration,
      Decision decided) {
    // A token that is exchanged for another belongs to that one's authorization, whose secret nobody presents here.
    boolean isReference = registration.client().access().tokenType() == AccessTokenType.REFERENCE
        && !(request.grant() instanceof Grant.TokenExchange);
    if (!(decided instanceof Answered answered) || !(answered.answer() instanceof Granted granted)
        || !isReference && request.newAuthorization().isEmpty()) {
      return decided;
    }
    if (isReference && answered.change() instanceof Committed change && change.after().state() instanceof Active active) {
      return among(change, active, granted.terms());
    }
    // The edge draws an authorization where the client's tokens are references, under the same registry revision.
    return isReference && request.newAuthorization().isPresent() && loaded.isEmpty()
        ? born(request.newAuthorization().get(), request, granted.terms())
        : Decision.denied(TokenError.TEMPORARILY_UNAVAILABLE,
            "expected the client's access tokens to be what they were when it asked, but its registration has changed");
  }

  private static Decision among(Committed change, Active active, GrantTerms terms) {
    GrantTerms numbered = terms.withReference(active.references().next());
    Authorization after = change.after();
    Applied applied =
        new Applied(after.applied().commandId(), after.applied().position(), new Granted(numbered));
    return new Answered(
        new Committed(change.before(), new Authorization(after.id(), after.version(), active.withReference(numbered),
            applied, after.bornAt(), after.keptUntil()), change.grants(), change.recorded()),
        applied.answer());
  }

  // RFC 6749 §1.3.4: a client that acts for itself "is also the resource owner".
  private static Decision born(AuthorizationId id, TokenRequest request, GrantTerms terms) {
    GrantTerms first = terms.withReference(ReferenceTokens.NONE.next());
    Consent consent = new Consent(request.clientId(), terms.subject(), terms.scopes(), Optional.empty(),
        Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    Active active = new Active(HandleKind.ACCESS_TOKEN, consent, Rotation.none(terms.issuedAt()))
        .withReference(first);
    Applied applied =
        new Applied(request.delivery().commandId(), request.delivery().position(), new Granted(first));
    return Decision.granting(Optional.empty(),
        Authorization.born(id, active, applied, terms.issuedAt(), first.accessTokenExpiresAt()));
  }
}
