package dev.mintlog.edge.command.grant;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.grant.GrantAssertion;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.extension.VerifiedUser;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RFC 7523 §2.1: {@code assertion}, {@code scope}. It is an extension grant of RFC 6749 §4.5 that is built in: the command
 * says whom the assertion vouched for, and the assertion goes no further. With {@code requested_token_use} the assertion is
 * something else, and another reader's.
 */
final class JwtBearerReader implements GrantReader {
  private static final String ON_BEHALF_OF = "on_behalf_of";

  private final GrantAssertions assertions;
  private final OnBehalfOfReader onBehalf;
  private final ExtensionCommands commands;

  JwtBearerReader(GrantAssertions assertions, OnBehalfOfReader onBehalf, ExtensionCommands commands) {
    this.assertions = assertions;
    this.onBehalf = onBehalf;
    this.commands = commands;
  }

  @Override
  public GrantType type() {
    return GrantType.JWT_BEARER;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    // Before keys are fetched for it. A public client may not be registered for the grant.
    if (!request.client().client().mayUse(type())) {
      then.accept(new GrantReading.Proved(commands.notJudged(type(), request)));
    } else if (request.form().find("requested_token_use").filter(ON_BEHALF_OF::equals).isPresent()) {
      onBehalf.read(request, then);
    } else if (request.form().find("requested_token_use").isPresent()) {
      refuse(Refusal.invalidRequest("expected as requested_token_use " + ON_BEHALF_OF + ", or none, but found another"),
          then);
    } else if (request.assertion().isPresent()) {
      send(request, request.assertion().get(), then);
    } else {
      request.form().require("assertion").either(
          text -> assertions.judge(request.presentation(), Optional.of(request.client()), text,
              judged -> judged.either(assertion -> send(request, assertion, then), refusal -> refuse(refusal, then))),
          refusal -> refuse(refusal, then));
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
