package dev.mintlog.edge.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.schema.CommandHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Claims about a user as a command carries them. Thread-safe. */
public final class SealedUserClaims {
  private final Sealer sealer;

  /** @param sealer of direction COMMAND */
  public SealedUserClaims(Sealer sealer) {
    this.sealer = sealer;
  }

  /** Null where there are none. */
  public ByteBuffer of(AuthorizationId id, CommandHeader header, ClaimValues claims) {
    return claims.isEmpty() ? null : of(id, header, Optional.of(new FurtherClaims(claims.json())));
  }

  /** Null where there are none. */
  public ByteBuffer of(AuthorizationId id, CommandHeader header, Optional<FurtherClaims> further) {
    return further
        .map(claims -> SealedClaims.seal(sealer, id, new CommandId(header.getCommandId()), claims))
        .orElse(null);
  }
}
