package dev.mintlog.channel.log;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.schema.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A text inside a command, sealed for processors and bound to topic, key and command. */
public final class SealedText {
  private SealedText() {}

  /** @param sealer of direction COMMAND */
  public static ByteBuffer seal(Sealer sealer, AuthorizationId id, CommandId commandId, String text) {
    return seal(sealer, id.key(), commandId, text);
  }

  /** In a command on no authorization: its id stands in the place of the key, which others may share. */
  static ByteBuffer seal(Sealer sealer, CommandId commandId, String text) {
    return seal(sealer, commandId.value(), commandId, text);
  }

  private static ByteBuffer seal(Sealer sealer, String key, CommandId commandId, String text) {
    return ByteBuffer.wrap(
        sealer.seal(text.getBytes(StandardCharsets.UTF_8), Topics.COMMANDS, key, commandId.value()));
  }

  /** @param opener of direction COMMAND */
  public static Optional<String> open(Opener opener, AuthorizationId id, CommandId commandId, ByteBuffer sealed) {
    return open(opener, id.key(), commandId, sealed);
  }

  static Optional<String> open(Opener opener, CommandId commandId, ByteBuffer sealed) {
    return open(opener, commandId.value(), commandId, sealed);
  }

  private static Optional<String> open(Opener opener, String key, CommandId commandId, ByteBuffer sealed) {
    return opener.open(Bytes.of(sealed), Topics.COMMANDS, key, commandId.value())
        .map(plain -> new String(plain, StandardCharsets.UTF_8));
  }
}
