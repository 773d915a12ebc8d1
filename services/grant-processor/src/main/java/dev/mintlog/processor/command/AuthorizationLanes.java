package dev.mintlog.processor.command;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * One command per authorization at a time, in the order of the log; other authorizations go on meanwhile. The next one
 * would otherwise be decided on a state whose record may still get lost. Bounded by the commands in flight.
 * Thread-safe.
 *
 * @param <C> what waits
 */
public final class AuthorizationLanes<C> {
  private final Map<String, Queue<C>> waitingByKey = new HashMap<>();

  /**
   * Joins the lane of an authorization.
   *
   * @return true where the lane was empty and the command may begin; false where it waits for {@link #leave}
   */
  public synchronized boolean enter(String key, C command) {
    Queue<C> waiting = waitingByKey.get(key);
    if (waiting == null) {
      waitingByKey.put(key, new ArrayDeque<>(2));
      return true;
    }
    waiting.add(command);
    return false;
  }

  /** The command that had the lane is over; the one returned has it now and is to begin. */
  public synchronized Optional<C> leave(String key) {
    Queue<C> waiting = waitingByKey.get(key);
    C next = waiting == null ? null : waiting.poll();
    if (next == null) {
      waitingByKey.remove(key);
    }
    return Optional.ofNullable(next);
  }

  synchronized int size() {
    return waitingByKey.size();
  }
}
