package dev.mintlog.edge.assertion;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Published key sets, kept for a while. A set is fetched when it is needed and not fresh, and once more when none of its
 * keys fits, for its owner may have a new one; each no sooner than a pause after the last time, so that assertions of
 * unknown keys cannot make us ask without end. Bounded in sets, in fetches at once and in who waits for each. Thread-safe;
 * nothing in it blocks.
 */
public final class KeySets {
  /** A set is fetched anew when it is needed and older. */
  public static final Duration FRESH = Duration.ofMinutes(5);
  /** Where it cannot be fetched, an older one still counts up to this age. */
  public static final Duration USABLE = Duration.ofHours(1);
  /** The least time between two fetches of one set. */
  public static final Duration PAUSE = Duration.ofSeconds(30);
  /** The least time after a fetch that failed. */
  public static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  /** Sets kept; beyond that the longest unused is forgotten. */
  public static final int SETS_MAX = 1_000;
  /** Fetches at once, of different sets. */
  public static final int FETCHES_MAX = 32;
  /** Who may wait for one fetch. */
  public static final int WAITING_MAX = 1_000;

  /** What a set says to an assertion. */
  public enum Verdict {
    /** One of its keys signed it. */
    SIGNED,
    /** None did. */
    NOT_SIGNED,
    /** There is no set to judge by, or no room to fetch it. */
    NOT_KNOWN
  }

  private final KeySetFetch fetch;
  private final LongSupplier nanoTime;
  private final Map<URI, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private int fetching;

  /** @param nanoTime a clock that only goes forward */
  public KeySets(KeySetFetch fetch, LongSupplier nanoTime) {
    this.fetch = fetch;
    this.nanoTime = nanoTime;
  }

  /**
   * Finds out whether a key of the set fits.
   *
   * @param fits asked on the caller's loop
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once; before this method returns, unless the set has to be fetched
   */
  public void judge(URI uri, Predicate<AssertionKey> fits, Executor loop, Consumer<Verdict> then) {
    Optional<List<AssertionKey>> fresh = fresh(uri);
    // Outside the lock: verifying takes its time.
    if (fresh.isPresent() && fresh.get().stream().anyMatch(fits)) {
      then.accept(Verdict.SIGNED);
      return;
    }
    switch (join(uri, keys -> loop.execute(() -> then.accept(verdict(keys, fits))))) {
      case FIRST -> fetch(uri);
      case LATER -> { }
      case NOT_NOW -> then.accept(fresh.isPresent() ? Verdict.NOT_SIGNED : verdict(usable(uri), fits));
    }
  }

  private synchronized Optional<List<AssertionKey>> fresh(URI uri) {
    Entry entry = entries.get(uri);
    return entry == null ? Optional.empty() : entry.younger(FRESH, nanoTime.getAsLong());
  }

  private synchronized Optional<List<AssertionKey>> usable(URI uri) {
    Entry entry = entries.get(uri);
    return entry == null ? Optional.empty() : entry.younger(USABLE, nanoTime.getAsLong());
  }

  private synchronized Joined join(URI uri, Consumer<Optional<List<AssertionKey>>> waiter) {
    Entry entry = entries.computeIfAbsent(uri, absent -> new Entry());
    long now = nanoTime.getAsLong();
    boolean isFirst = !entry.isBeingFetched();
    boolean hasRoom = isFirst ? fetching < FETCHES_MAX && entry.mayBeFetched(now) : entry.waiting.size() < WAITING_MAX;
    if (!hasRoom) {
      return Joined.NOT_NOW;
    }
    entry.waiting.add(waiter);
    if (isFirst) {
      entry.fetchStarted = now;
      fetching++;
    }
    forgetOld();
    return isFirst ? Joined.FIRST : Joined.LATER;
  }

  private void fetch(URI uri) {
    try {
      fetch.fetch(uri, text -> fetched(uri, text));
    } catch (RuntimeException e) {
      fetched(uri, Optional.empty());
      throw e;
    }
  }

  private static Verdict verdict(Optional<List<AssertionKey>> keys, Predicate<AssertionKey> fits) {
    return keys.isEmpty() ? Verdict.NOT_KNOWN
        : keys.get().stream().anyMatch(fits) ? Verdict.SIGNED : Verdict.NOT_SIGNED;
  }

  private void fetched(URI uri, Optional<String> text) {
    Optional<List<AssertionKey>> keys = text.flatMap(PublishedKeys::read);
    List<Consumer<Optional<List<AssertionKey>>>> waiting;
    Optional<List<AssertionKey>> found;
    synchronized (this) {
      fetching--;
      Entry entry = entries.get(uri);
      waiting = List.copyOf(entry.waiting);
      entry.waiting.clear();
      long now = nanoTime.getAsLong();
      entry.done(keys, now);
      found = entry.younger(USABLE, now);
    }
    waiting.forEach(each -> each.accept(found));
  }

  // One that is waited for is never forgotten: its fetch comes back to it.
  private void forgetOld() {
    if (entries.size() > SETS_MAX) {
      entries.entrySet().stream().filter(entry -> !entry.getValue().isBeingFetched()).map(Map.Entry::getKey).findFirst()
          .ifPresent(entries::remove);
    }
  }

  private enum Joined { FIRST, LATER, NOT_NOW }

  /** What is known of one set; guarded by the sets. */
  private static final class Entry {
    private Optional<List<AssertionKey>> keys = Optional.empty();
    private long keysAt;
    private long lastTry;
    private boolean wasTried;
    private boolean hasFailed;
    private long fetchStarted;
    private final List<Consumer<Optional<List<AssertionKey>>>> waiting = new ArrayList<>(1);

    boolean isBeingFetched() {
      return !waiting.isEmpty();
    }

    Optional<List<AssertionKey>> younger(Duration age, long now) {
      return keys.filter(found -> now - keysAt < age.toNanos());
    }

    boolean mayBeFetched(long now) {
      Duration pause = hasFailed ? PAUSE_AFTER_FAILURE : PAUSE;
      return !wasTried || now - lastTry >= pause.toNanos();
    }

    void done(Optional<List<AssertionKey>> fetched, long now) {
      wasTried = true;
      lastTry = now;
      hasFailed = fetched.isEmpty();
      if (fetched.isPresent()) {
        keys = fetched;
        // From its beginning: what the owner changed meanwhile may be missing.
        keysAt = fetchStarted;
      }
    }
  }
}
