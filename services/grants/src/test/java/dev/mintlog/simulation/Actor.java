package dev.mintlog.simulation;

import java.util.Optional;

/** Somebody outside. Makes one move at a time. */
interface Actor {

  /** What it could do now; empty while it waits for an answer, and when it is through. */
  Optional<Runnable> move();

  /** Whether it heard 503 and has not asked again: it does so before much time passes. */
  default boolean isAboutToRetry() {
    return false;
  }

  /** Whether it waits for an answer. */
  boolean isWaiting();

  /** Hours have passed. */
  default void hoursPassed() {}
}
