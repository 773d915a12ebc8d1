package dev.mintlog.edge.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.handle.HandleSecret;
import java.util.List;
import java.util.Optional;

/**
 * What a token request asks of the log.
 *
 * @param authorization the authorization that the presented handle names; empty for a grant without state
 * @param secret the presented handle's secret, which its successor is written with
 * @param body the command
 */
public record GrantCommand(
    Optional<AuthorizationId> authorization, Optional<HandleSecret> secret, CommandBody body) {

  GrantCommand forResources(List<String> resources) {
    return resources.isEmpty() ? this : new GrantCommand(authorization, secret, body.forResources(resources));
  }

  static GrantCommand withoutState(CommandBody body) {
    return new GrantCommand(Optional.empty(), Optional.empty(), body);
  }
}
