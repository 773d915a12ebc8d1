package dev.mintlog.edge.command;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.schema.SignResponse;
import java.util.Optional;

/** Asks for the signature under a response that is no token: an edge has no key to sign with. What it says is sealed. */
public final class SignResponseCommands {
  private final Sealer sealer;

  /** @param sealer of direction COMMAND */
  public SignResponseCommands(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * @param subject the user it is about, where the response says so at its top
   * @param content what the response says
   */
  public CommandBody sign(ResponseKind kind, Optional<String> subject, FurtherClaims content) {
    return header -> new SignResponse(header, kind.wireName(), subject.orElse(null),
        SealedClaims.seal(sealer, new CommandId(header.getCommandId()), content));
  }
}
