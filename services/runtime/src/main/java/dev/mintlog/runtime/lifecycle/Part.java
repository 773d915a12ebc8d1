package dev.mintlog.runtime.lifecycle;

import java.time.Duration;

/** Something a process starts once and stops once. */
public interface Part {
  /** For people: {@code reply consumer}. */
  String name();

  /**
   * Starts, and returns when the parts after this one may rely on it.
   *
   * @throws StartException if whoever runs the process can do something about it
   */
  void start() throws InterruptedException;

  /**
   * Stops; finishes what was begun for as long as the bound allows. Called once, also after a {@link #start} that threw.
   *
   * @param drainMax what is left of the process's bound
   */
  void stop(Duration drainMax) throws InterruptedException;
}
