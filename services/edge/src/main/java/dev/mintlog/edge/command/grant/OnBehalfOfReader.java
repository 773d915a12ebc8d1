package dev.mintlog.edge.command.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.proof.token.ExchangedToken;
import dev.mintlog.edge.proof.token.ExchangedTokens;
import dev.mintlog.edge.proof.token.ExchangedTokens.Kind;
import dev.mintlog.edge.proof.token.ExchangedTokens.Receiver;
import dev.mintlog.edge.proof.token.ReferenceTokenClaims;
import dev.mintlog.edge.proof.token.StandingAuthorizations;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The JWT bearer grant with {@code requested_token_use=on_behalf_of}: {@code assertion} is an access token of ours, of either
 * kind. It is verified here, and looked up whether what it was issued on stands; it goes no further.
 */
final class OnBehalfOfReader {
  private static final String ENDED = "expected an access token of a user's authorization, but found another";

  private final ExchangedTokens tokens;
  private final ReferenceTokenClaims references;
  private final StandingAuthorizations standing;
  private final ExtensionCommands commands;

  OnBehalfOfReader(ExchangedTokens tokens, ReferenceTokenClaims references, StandingAuthorizations standing,
      ExtensionCommands commands) {
    this.tokens = tokens;
    this.references = references;
    this.standing = standing;
    this.commands = commands;
  }

  void read(GrantRequest request, Consumer<GrantReading> then) {
    token(request, checked -> invalidGrant(checked).either(
        token -> lookUp(request, token, then),
        refusal -> refuse(refusal, then)));
  }

  private void token(GrantRequest request, Consumer<Checked<ExchangedToken>> then) {
    // The key that a token is bound to is its client's, RFC 9449 §1: the API that it was shown to does not have it.
    Receiver receiver =
        new Receiver(request.registry(), request.tenant(), Optional.empty(), request.arrivedAt());
    request.form().require("assertion").either(text -> {
      // A handle has no dot; a JWS compact form has two.
      if (text.length() == Handles.TEXT_CHARACTERS && text.indexOf('.') < 0) {
        references.find(request.tenant(), text, request.arrivedAt(), request.loop(),
            found -> then.accept(found.then(said -> tokens.ofReference(receiver, "assertion", said))));
      } else {
        then.accept(tokens.verify(receiver, "assertion", Kind.ACCESS_TOKEN, text));
      }
    }, refusal -> then.accept(Checked.refused(refusal)));
  }

  // What is wrong with the token is no fault of the request's form, where it is there.
  private static <T> Checked<T> invalidGrant(Checked<T> checked) {
    return checked.match(Checked::accepted, refusal -> Checked.refused(
        refusal.error().equals(TokenError.INVALID_REQUEST.code()) && refusal.missing().isBlank()
            ? refusal.withError(TokenError.INVALID_GRANT) : refusal));
  }

  private void lookUp(GrantRequest request, ExchangedToken token, Consumer<GrantReading> then) {
    if (token.authorization().isEmpty()) {
      refuse(Refusal.invalidGrant(ENDED), then);
      return;
    }
    AuthorizationId id = token.authorization().get();
    standing.find(request.registry(), id, request.loop(), found -> found.either(
        consent -> make(request, token, id, consent, then), refusal -> refuse(refusal, then)));
  }

  private void make(GrantRequest request, ExchangedToken token, AuthorizationId id, Consent consent,
      Consumer<GrantReading> then) {
    if (!consent.subject().equals(token.subject())) {
      refuse(Refusal.invalidGrant(ENDED), then);
      return;
    }
    // Of several APIs in a row each one's tokens end with what the user gave, as all do that are exchanged.
    commands.onBehalf(request, token, consent.origin().orElse(id), consent,
        made -> then.accept(GrantReading.of(made)));
  }

  private static void refuse(Refusal refusal, Consumer<GrantReading> then) {
    then.accept(new GrantReading.Refused(refusal, Optional.empty()));
  }
}
