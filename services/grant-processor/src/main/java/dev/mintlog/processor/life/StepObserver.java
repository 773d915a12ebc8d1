package dev.mintlog.processor.life;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.life.Step;

/**
 * Sees each step before it is performed. For tests that stop a processor at a chosen point of a command's life; what a
 * service runs with is {@link #NONE}.
 */
public interface StepObserver {
  StepObserver NONE = new StepObserver() {};

  /** The step is about to be performed, for the first time or again. */
  default void performing(CommandId command, Step step) {}

  /** Offsets are about to be committed. */
  default void committingOffsets() {}
}
