package dev.mintlog.edge.command.authorization;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.edge.command.CommandBody;
import java.util.List;

/**
 * A device authorization to be born.
 *
 * @param secret of the handles to come
 * @param userCodes candidates, in the order of the digests that travel; they do not print
 */
public record DeviceAuthorizationCommand(
    AuthorizationId authorization, HandleSecret secret, List<String> userCodes, CommandBody body) {
  @Override
  public String toString() {
    return "DeviceAuthorizationCommand[" + authorization + "]";
  }
}
