package dev.mintlog.edge.command;

import java.time.Instant;

/**
 * Where a command comes from.
 *
 * @param clientId the client that asks, or the one that an authorization is made for
 * @param revision registry revision the request was checked under
 * @param requestedAt when the request arrived
 */
public record Origin(String tenant, String clientId, long revision, Instant requestedAt) {}
