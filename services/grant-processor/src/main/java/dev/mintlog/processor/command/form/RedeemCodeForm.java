package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RedeemCode;
import java.util.Optional;

/** RFC 6749 §4.1.3. */
final class RedeemCodeForm implements CommandForm<RedeemCode> {

  @Override
  public Class<RedeemCode> record() {
    return RedeemCode.class;
  }

  @Override
  public CommandHeader header(RedeemCode wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RedeemCode wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    Grant grant = new Grant.AuthorizationCode(id,
        Optional.ofNullable(wire.getRedirectUri()),
        Optional.ofNullable(wire.getVerifierDigest()).map(CodeChallenge::new));
    return received.tokenRequest(grant, wire.getScope(),
        received.narrowedDetails(id, wire.getSealedAuthorizationDetails()));
  }
}
