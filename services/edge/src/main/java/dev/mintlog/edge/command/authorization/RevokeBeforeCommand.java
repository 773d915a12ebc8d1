package dev.mintlog.edge.command.authorization;

import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.schema.RevokeBefore;
import java.util.Optional;

/** Ends all that a subject, a client, or a subject at a client was given before the command's time. */
public final class RevokeBeforeCommand {
  private RevokeBeforeCommand() {}

  /** @param subject empty: of every subject; then there must be a client */
  public static CommandBody of(Optional<String> subject, Optional<String> client) {
    return header -> new RevokeBefore(header, subject.orElse(null), client.orElse(null));
  }
}
