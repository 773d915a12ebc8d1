package dev.mintlog.command;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import java.time.Instant;

/**
 * How a command came.
 *
 * @param requestedAt the edge's clock when the request arrived: the time the command is decided at
 * @param appendedAt the broker's clock when the log took it
 * @param deadline after this time nobody waits for the answer, and a grant is refused
 * @param revision registry revision the edge authenticated the client under
 */
public record Delivery(
    CommandId commandId, LogPosition position, Instant requestedAt, Instant appendedAt, Instant deadline,
    long revision) {}
