package dev.mintlog.edge.audit;

import dev.mintlog.schema.TokenDenied;

/** Port: the log that the audit reads. */
@FunctionalInterface
public interface DenialLog {

  /** Appends an event, without blocking. A refusal is answered whether or not the log takes it. */
  void append(TokenDenied event);
}
