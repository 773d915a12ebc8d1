package dev.mintlog.edge.command;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.GrantAssertion;
import dev.mintlog.edge.proof.GrantAssertions;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.extension.VerifiedUser;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RFC 7523 §2.1: {@code assertion}, {@code scope}. It is an extension grant of RFC 6749 §4.5 that is built in: the command
 * says whom the assertion vouched for, and the assertion goes no further.
 */
final class JwtBearerReader implements GrantReader {
  private static final String TOKEN_USE = "requested_token_use";
  private static final String ON_BEHALF_OF = "on_behalf_of";

  private final GrantAssertions assertions;
  private final ExtensionCommands commands;
  private final TokenExchangeReader exchange;

  /** @param exchange what a token of ours is presented for in place of an assertion, on behalf of its user */
  JwtBearerReader(GrantAssertions assertions, ExtensionCommands commands, TokenExchangeReader exchange) {
    this.assertions = assertions;
    this.commands = commands;
    this.exchange = exchange;
  }

  @Override
  public GrantType type() {
    return GrantType.JWT_BEARER;
  }

  // Its jti is spent with the command.
  @Override
  public boolean isForOneUse() {
    return true;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    Optional<String> use = request.form().find(TOKEN_USE);
    if (use.isPresent()) {
      onBehalfOf(use.get(), request, then);
      // Before keys are fetched for it. A public client may not be registered for the grant.
    } else if (!request.client().client().mayUse(type())) {
      then.accept(new GrantReading.Proved(commands.notJudged(type(), request)));
    } else if (request.assertion().isPresent()) {
      send(request, request.assertion().get(), then);
    } else {
      request.form().require("assertion").either(
          text -> assertions.judge(request.presentation(), Optional.of(request.client()), text,
              judged -> judged.either(assertion -> send(request, assertion, then), refusal -> refuse(refusal, then))),
          refusal -> refuse(refusal, then));
    }
  }

  // MSAL's name for an exchange of RFC 8693: the assertion is an access token of ours that somebody sent to the client.
  private void onBehalfOf(String use, GrantRequest request, Consumer<GrantReading> then) {
    if (use.equals(ON_BEHALF_OF)) {
      request.form().require("assertion").either(
          token -> exchange.read(request.asking(TokenExchangeReader.ofAccessToken(request.form(), token), request.style()),
              then),
          refusal -> refuse(refusal, then));
    } else {
      refuse(Refusal.invalidRequest("expected " + ON_BEHALF_OF + " as " + TOKEN_USE + ", or none, but found another"), then);
    }
  }

  private void send(GrantRequest request, GrantAssertion assertion, Consumer<GrantReading> then) {
    if (assertion.user().isEmpty()) {
      then.accept(new GrantReading.Proved(commands.forClient(type(), request).spending(assertion.proofs())));
    } else {
      commands.forUser(type(), request, VerifiedUser.of(assertion.user().get()), assertion.issuer(),
          made -> then.accept(GrantReading.of(
              made.then(command -> Checked.accepted(command.spending(assertion.proofs()))))));
    }
  }

  private static void refuse(Refusal refusal, Consumer<GrantReading> then) {
    then.accept(new GrantReading.Refused(refusal, Optional.empty()));
  }
}
