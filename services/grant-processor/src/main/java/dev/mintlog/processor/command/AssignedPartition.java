package dev.mintlog.processor.command;

import java.time.Duration;

/**
 * One partition of token-commands for as long as it is ours. Assigned anew, it is another object: what still runs from
 * an earlier time neither holds up nor moves the new one. Thread-safe.
 */
public final class AssignedPartition {
  private final int number;
  private final PartitionProgress progress = new PartitionProgress();
  private final AuthorizationLanes<CommandInFlight> lanes = new AuthorizationLanes<>();
  private boolean closing;
  private volatile boolean dropped;
  private int running;

  public AssignedPartition(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public PartitionProgress progress() {
    return progress;
  }

  public AuthorizationLanes<CommandInFlight> lanes() {
    return lanes;
  }

  /** A life is to begin; false where the partition is about to be given away and nothing new may begin. */
  public synchronized boolean enter() {
    if (closing) {
      return false;
    }
    running++;
    return true;
  }

  /** A life that had entered is over, or was let go. */
  public synchronized void leave() {
    running--;
    if (running == 0) {
      notifyAll();
    }
  }

  /** Lets nothing more begin: the partition is about to be given away. What waits for others is to stop waiting. */
  public synchronized void close() {
    closing = true;
  }

  public synchronized boolean isClosing() {
    return closing;
  }

  /**
   * Waits for what has begun.
   *
   * @return whether all of it ended within the bound
   */
  public synchronized boolean awaitEmpty(Duration bound) throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (running > 0) {
      long leftMs = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  /** It is another processor's now: what still runs here stops at its next step. It would do no harm either way. */
  public synchronized void drop() {
    closing = true;
    dropped = true;
  }

  public boolean isDropped() {
    return dropped;
  }
}
