package dev.mintlog.channel.log;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Signed tokens inside a reply, sealed for edges and bound to topic and command. */
public final class SealedTokens {
  private SealedTokens() {}

  /** @param sealer of direction REPLY */
  public static ByteBuffer seal(RecordCodec codec, Sealer sealer, CommandId commandId, IssuedTokens tokens) {
    return ByteBuffer.wrap(sealer.seal(codec.encode(Topics.REPLIES, tokens), Topics.REPLIES, commandId.value()));
  }

  /**
   * @param opener of direction REPLY
   * @return empty where they were sealed for another command, or not by a holder of the secret
   */
  public static Optional<IssuedTokens> open(
      RecordCodec codec, Opener opener, CommandId commandId, ByteBuffer sealed) throws UndecodableRecordException {
    Optional<byte[]> plain = opener.open(Bytes.of(sealed), Topics.REPLIES, commandId.value());
    return plain.isEmpty() ? Optional.empty() : Optional.of((IssuedTokens) codec.decode(Topics.REPLIES, plain.get()));
  }
}
