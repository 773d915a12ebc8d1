package dev.mintlog.channel.state;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.util.List;
import java.util.Optional;

/** Which command spent a proof, as a value in Redis, sealed for its key. Thread-safe. */
public final class SpentProofs {
  private final Sealer sealer;
  private final Opener opener;

  /** @param sealer and opener of direction REDIS */
  public SpentProofs(Sealer sealer, Opener opener) {
    this.sealer = sealer;
    this.opener = opener;
  }

  public byte[] value(String tenant, String digest, CommandId by) {
    return sealer.seal(SealedValues.write(List.of(by.value())), associated(tenant, digest));
  }

  /** @return empty where it was not written so by a holder of the channel secret */
  public Optional<CommandId> open(String tenant, String digest, byte[] value) {
    return opener.open(value, associated(tenant, digest))
        .map(plain -> new CommandId(SealedValues.read(plain).get(0)));
  }

  private static String[] associated(String tenant, String digest) {
    return new String[] {"mintlog:j", tenant, digest};
  }
}
