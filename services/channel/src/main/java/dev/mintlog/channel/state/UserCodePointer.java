package dev.mintlog.channel.state;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import java.util.Optional;

/**
 * Where a user_code points: set once, with {@code SET NX}, by the command that claims it.
 *
 * @param clientId the client that asked for it, where the writer knew
 * @param commandId who claimed it: the same command again finds its own
 */
public record UserCodePointer(AuthorizationId authorizationId, Optional<String> clientId, CommandId commandId) {}
