package dev.mintlog.edge.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.extension.VerifiedUser;
import dev.mintlog.schema.RequestExtensionToken;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** The commands of extension grants. What is known of a user travels sealed, the credential not at all. */
final class ExtensionCommands {
  private final SealedUserClaims sealed;
  private final SecureRandom random;

  ExtensionCommands(SealedUserClaims sealed, SecureRandom random) {
    this.sealed = sealed;
    this.random = random;
  }

  /** @param userClaims those that API resources want */
  GrantCommand forUser(GrantType type, GrantRequest request, VerifiedUser user, ClaimValues userClaims) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(request.tenant());
    return new GrantCommand(Optional.of(id), Optional.of(secret), header -> new RequestExtensionToken(header,
        type.value(), true, scope(request), id.value(), user.subject(), user.authTime().orElse(null),
        user.acr().orElse(null), user.amr(), sealed.of(id, header, userClaims)));
  }

  GrantCommand forClient(GrantType type, GrantRequest request) {
    return withoutUser(type, request, true);
  }

  /** For a client that may not use the grant type: a command that is refused where every grant is, and audited. */
  GrantCommand notJudged(GrantType type, GrantRequest request) {
    return withoutUser(type, request, false);
  }

  private static GrantCommand withoutUser(GrantType type, GrantRequest request, boolean judged) {
    return GrantCommand.withoutState(header -> new RequestExtensionToken(
        header, type.value(), judged, scope(request), null, null, null, null, List.of(), null));
  }

  private static String scope(GrantRequest request) {
    return request.form().find("scope").orElse(null);
  }
}
