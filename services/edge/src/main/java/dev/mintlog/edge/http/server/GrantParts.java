package dev.mintlog.edge.http.server;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.command.grant.ExtensionCommands;
import dev.mintlog.edge.command.grant.ExtensionGrants;
import dev.mintlog.edge.command.grant.NarrowedDetails;
import dev.mintlog.edge.command.grant.PasswordReader;

/**
 * What reads grants that need more than a handle.
 *
 * @param commands of grants that somebody vouches for
 */
public record GrantParts(
    PasswordReader passwords, ExtensionCommands commands, ExtensionGrants extensions, NarrowedDetails details) {

  public static GrantParts of(
      SecretRing channel, PasswordReader passwords, ExtensionCommands commands, ExtensionGrants extensions) {
    return new GrantParts(
        passwords, commands, extensions, new NarrowedDetails(new Sealer(channel, Direction.COMMAND)));
  }
}
