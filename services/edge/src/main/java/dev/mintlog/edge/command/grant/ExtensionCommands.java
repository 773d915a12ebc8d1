package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.SealedUserClaims;
import dev.mintlog.edge.proof.token.ExchangedToken;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.extension.VerifiedUser;
import dev.mintlog.schema.RequestExtensionToken;
import dev.mintlog.schema.RequestOnBehalfOf;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The commands of extension grants. What is known of a user travels sealed, the credential not at all. */
public final class ExtensionCommands {
  private final UserClaims userClaims;
  private final SealedUserClaims sealed;
  private final SecureRandom random;

  /**
   * @param userClaims what else is known of a user
   * @param sealer of direction COMMAND
   */
  public ExtensionCommands(UserClaims userClaims, Sealer sealer, SecureRandom random) {
    this.userClaims = userClaims;
    this.sealed = new SealedUserClaims(sealer);
    this.random = random;
  }

  /**
   * For a user whom somebody vouches for, with what API resources want to know of them.
   *
   * @param idp who vouches, where they have a name
   * @param then called once, on the request's loop
   */
  void forUser(GrantType type, GrantRequest request, VerifiedUser user, Optional<String> idp,
      Consumer<Checked<GrantCommand>> then) {
    UserClaims.Subject subject = new UserClaims.Subject(request.tenant(), request.client().id(), user.subject(),
        Optional.of(new FurtherClaims(user.claims().json())));
    userClaims.find(request.registry(), subject, request.loop(), found -> then.accept(
        found.then(claims -> Checked.accepted(forUser(type, request, user, idp, claims)))));
  }

  private GrantCommand forUser(GrantType type, GrantRequest request, VerifiedUser user, Optional<String> idp,
      ClaimValues claims) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(request.tenant());
    return new GrantCommand(Optional.of(id), Optional.of(secret), header -> new RequestExtensionToken(header,
        type.value(), true, scope(request), id.value(), user.subject(), user.authTime().orElse(null),
        user.acr().orElse(null), user.amr(), sealed.of(id, header, claims), idp.orElse(null)));
  }

  /**
   * For the user of an access token, got by the API that it was for.
   *
   * @param origin the authorization that the user gave
   * @param given what it was issued on
   * @param then called once, on the request's loop
   */
  void onBehalf(GrantRequest request, ExchangedToken token, AuthorizationId origin, Consent given,
      Consumer<Checked<GrantCommand>> then) {
    UserClaims.Subject subject =
        new UserClaims.Subject(request.tenant(), request.client().id(), token.subject(), Optional.empty());
    userClaims.find(request.registry(), subject, request.loop(), found -> then.accept(
        found.then(claims -> Checked.accepted(onBehalf(request, token, origin, given, claims)))));
  }

  private GrantCommand onBehalf(GrantRequest request, ExchangedToken token, AuthorizationId origin, Consent given,
      ClaimValues claims) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(request.tenant());
    return new GrantCommand(Optional.of(id), Optional.of(secret), header -> new RequestOnBehalfOf(header, id.value(),
        origin.value(), token.clientId(), token.subject(), token.audience(), token.issuedAt(), token.expiresAt(),
        token.actors(), token.mayAct().orElse(null), scope(request), given.authTime().orElse(null),
        given.acr().orElse(null), given.amr(), sealed.of(id, header, claims)));
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
        header, type.value(), judged, scope(request), null, null, null, null, List.of(), null, null));
  }

  private static String scope(GrantRequest request) {
    return request.form().find("scope").orElse(null);
  }
}
