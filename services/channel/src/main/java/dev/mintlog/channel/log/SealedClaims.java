package dev.mintlog.channel.log;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Claims about a user inside a command, sealed for processors and bound to topic, key and command. */
public final class SealedClaims {
  private SealedClaims() {}

  /** @param sealer of direction COMMAND */
  public static ByteBuffer seal(Sealer sealer, AuthorizationId id, CommandId commandId, FurtherClaims claims) {
    return SealedText.seal(sealer, id, commandId, claims.json());
  }

  /** In a command on no authorization. */
  public static ByteBuffer seal(Sealer sealer, CommandId commandId, FurtherClaims claims) {
    return SealedText.seal(sealer, commandId, claims.json());
  }

  /** @param opener of direction COMMAND */
  public static Optional<FurtherClaims> open(
      Opener opener, AuthorizationId id, CommandId commandId, ByteBuffer sealed) {
    return SealedText.open(opener, id, commandId, sealed).map(FurtherClaims::new);
  }

  /** In a command on no authorization. */
  public static Optional<FurtherClaims> open(Opener opener, CommandId commandId, ByteBuffer sealed) {
    return SealedText.open(opener, commandId, sealed).map(FurtherClaims::new);
  }
}
