package dev.mintlog.edge.http.server;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.backchannel.BackchannelCommands;
import dev.mintlog.edge.command.SignResponseCommands;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.DeviceAuthorizationCommands;
import dev.mintlog.edge.command.authorization.LoginCommands;
import java.security.SecureRandom;

/**
 * What writes commands, beside the grants.
 *
 * @param sender takes all of them to the log
 * @param responses ask for the signature under a response
 */
public record CommandParts(
    TokenCommandSender sender,
    DeviceAuthorizationCommands device,
    BackchannelCommands backchannel,
    LoginCommands login,
    SignResponseCommands responses) {

  public static CommandParts of(SecretRing channel, TokenCommandSender sender, SecureRandom random) {
    return new CommandParts(
        sender,
        new DeviceAuthorizationCommands(new UserCodes(channel), random),
        new BackchannelCommands(new Sealer(channel, Direction.COMMAND), new Handles(channel), random),
        new LoginCommands(new Sealer(channel, Direction.COMMAND), random),
        new SignResponseCommands(new Sealer(channel, Direction.COMMAND)));
  }
}
