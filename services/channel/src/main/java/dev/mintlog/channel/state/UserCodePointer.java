package dev.mintlog.channel.state;

import dev.mintlog.authorization.AuthorizationId;

/**
 * Where a user_code points: set once, with {@code SET NX}, for the authorization that is born with it; a birth that is
 * repeated finds its own.
 *
 * @param clientId the client that asked for it
 */
public record UserCodePointer(AuthorizationId authorizationId, String clientId) {}
