package dev.mintlog.edge.reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The requests that wait for a reply, bounded as a whole, for each client and for each tenant. Reply, failure of the log,
 * timeout and shutdown race for each; whoever takes it out of here settles it, the others find nothing.
 *
 * <p>Thread-safe. Every request waits equally long, so the order of registration is the order in which waiting ends.
 */
public final class PendingReplies {
  private final int pendingMax;
  private final int perClientMax;
  private final int perTenantMax;
  private final long waitNanos;
  private final LongSupplier nanoTime;

  private final Map<String, PendingReply> pending = new LinkedHashMap<>();
  private final Shares<ClientKey> ofClients = new Shares<>();
  private final Shares<String> ofTenants = new Shares<>();
  // Remembered, up to pendingMax of them, to tell a late reply from one to another edge on the same partition.
  private final Set<String> givenUp = new LinkedHashSet<>();
  private boolean closed;
  private long late;
  private long timedOut;
  private long foreign;

  /**
   * @param pendingMax how many may wait
   * @param perClientPercent what one client may hold of them, 1 to 100
   * @param perTenantPercent what all clients of one tenant may hold of them, 1 to 100
   * @param wait how long each waits
   */
  public PendingReplies(int pendingMax, int perClientPercent, int perTenantPercent, Duration wait,
      LongSupplier nanoTime) {
    this.pendingMax = pendingMax;
    this.perClientMax = share(pendingMax, perClientPercent);
    this.perTenantMax = share(pendingMax, perTenantPercent);
    this.waitNanos = wait.toNanos();
    this.nanoTime = nanoTime;
  }

  private static int share(int pendingMax, int percent) {
    return Math.max(1, (int) ((long) pendingMax * percent / 100));
  }

  /**
   * Registers a request, before its command is sent.
   *
   * @param loop where the listener is to be called
   * @return whether there was room; if not the listener will not be called
   */
  public synchronized boolean register(String commandId, ClientKey client, Executor loop, ReplyListener listener) {
    if (closed || pending.size() >= pendingMax || ofClients.of(client) >= perClientMax
        || ofTenants.of(client.tenant()) >= perTenantMax) {
      return false;
    }
    PendingReply waiting = new PendingReply(commandId, client, loop, listener, nanoTime.getAsLong() + waitNanos);
    if (pending.putIfAbsent(commandId, waiting) != null) {
      throw new IllegalStateException("Expected a fresh command id, but found one that waits");
    }
    ofClients.take(client);
    ofTenants.take(client.tenant());
    return true;
  }

  /** Ends the wait for a command that will have no reply. Without effect where it was settled already. */
  public void giveUp(String commandId, Unanswered why) {
    PendingReply waiting;
    synchronized (this) {
      waiting = remove(commandId);
      if (waiting != null) {
        remember(commandId);
      }
    }
    if (waiting != null) {
      waiting.giveUp(why);
    }
  }

  /** Ends the wait of all that have waited long enough. To be called several times a second. */
  public void giveUpOverdue() {
    List<PendingReply> overdue = new ArrayList<>(0);
    long now = nanoTime.getAsLong();
    synchronized (this) {
      Iterator<PendingReply> oldestFirst = pending.values().iterator();
      while (oldestFirst.hasNext()) {
        PendingReply waiting = oldestFirst.next();
        if (waiting.givenUpAtNanos() - now > 0) {
          break;
        }
        oldestFirst.remove();
        release(waiting);
        remember(waiting.commandId());
        timedOut++;
        overdue.add(waiting);
      }
    }
    overdue.forEach(waiting -> waiting.giveUp(Unanswered.TIMED_OUT));
  }

  /** Takes no more requests and waits until none is pending, bounded; whoever still waits then is given up. */
  public void close(Duration drainMax) throws InterruptedException {
    long end = System.nanoTime() + drainMax.toNanos();
    List<PendingReply> left;
    synchronized (this) {
      closed = true;
      for (long rest = drainMax.toMillis(); !pending.isEmpty() && rest > 0;
          rest = (end - System.nanoTime()) / 1_000_000) {
        wait(rest);
      }
      left = List.copyOf(pending.values());
      pending.clear();
      ofClients.clear();
      ofTenants.clear();
    }
    left.forEach(waiting -> waiting.giveUp(Unanswered.CLOSED));
  }

  /** How many wait now. */
  public synchronized int size() {
    return pending.size();
  }

  /** How many replies came after their request had been given up. */
  public synchronized long late() {
    return late;
  }

  /** How many requests were given up because no reply came in time. */
  public synchronized long timedOut() {
    return timedOut;
  }

  /** How many replies were to other edges on the same partition, or too late to be remembered. */
  public synchronized long foreign() {
    return foreign;
  }

  /** Whether a reply to this command would be of use; cheaper than opening it. Counts those that are not. */
  synchronized boolean isPending(String commandId) {
    if (pending.containsKey(commandId)) {
      return true;
    }
    if (givenUp.remove(commandId)) {
      late++;
    } else {
      foreign++;
    }
    return false;
  }

  /** Takes a request out, to be settled by the caller; null where it was settled already. */
  synchronized PendingReply take(String commandId) {
    return remove(commandId);
  }

  private PendingReply remove(String commandId) {
    PendingReply waiting = pending.remove(commandId);
    if (waiting != null) {
      release(waiting);
    }
    return waiting;
  }

  private void release(PendingReply waiting) {
    ofClients.giveBack(waiting.client());
    ofTenants.giveBack(waiting.client().tenant());
    if (closed && pending.isEmpty()) {
      notifyAll();
    }
  }

  private void remember(String commandId) {
    givenUp.add(commandId);
    if (givenUp.size() > pendingMax) {
      Iterator<String> oldest = givenUp.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
