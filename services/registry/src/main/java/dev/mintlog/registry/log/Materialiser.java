package dev.mintlog.registry.log;

import dev.mintlog.registry.log.RegistryRecords.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes revisions out of the records of the registry topic, in whatever order and however often they come: a compacted
 * log leaves out what was replaced, and somebody who can write the topic can append old records again.
 *
 * <p>What holds: of each key the entry with the highest revision counts; a revision is adopted when a signed record closes
 * over it, its number is above the one adopted, and count and digest of the live entries are what it says. So nobody but
 * the signer can change, add or drop anything: what they can do is damage, which shows as {@link #problem} while the last
 * good revision stays. What this cannot see, as it remembers nothing over a restart: a log in which everything since an
 * older revision was replaced by that revision's own records. {@link #Materialiser(RegistryRecords, long)} takes the
 * number below which a revision is known to be such a rollback.
 *
 * <p>Not thread-safe.
 */
public final class Materialiser {
  private final RegistryRecords records;
  private final long revisionMin;
  private final Map<EntryKey, Entry> adopted = new HashMap<>();
  private final Map<EntryKey, Entry> pending = new HashMap<>();
  private Optional<Revision> current = Optional.empty();
  private Optional<Revision> announced = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private Optional<String> lastRefusal = Optional.empty();
  private long refused;

  /** @param revisionMin revisions below are not adopted; 0 where none is known to have been published */
  public Materialiser(RegistryRecords records, long revisionMin) {
    this.records = records;
    this.revisionMin = revisionMin;
  }

  /**
   * Takes one record.
   *
   * @return the revision that it completed, if any
   */
  public Optional<Revision> accept(SignedRecord found) {
    Reading reading = records.read(found);
    return reading.match(this::acceptEntry, this::acceptRevision, this::refuse);
  }

  private Optional<Revision> acceptEntry(Entry entry) {
    long adoptedNumber = current.map(Revision::number).orElse(0L);
    // What belongs to a revision that is closed is either known or was replaced since: old, and a replay.
    if (entry.revision() <= adoptedNumber) {
      return refuse("expected an entry of a revision above " + adoptedNumber + ", found " + entry);
    }
    Entry known = pending.get(entry.key());
    if (entry.equals(known) || known != null && known.revision() > entry.revision()) {
      return Optional.empty();
    }
    // Of two with one number, as an apply that was cut off and its successor publish, the later one counts.
    pending.put(entry.key(), entry);
    // It may be what a revision was missing, where the log's order was disturbed.
    boolean mayComplete = announced.isPresent() && entry.revision() <= announced.get().number();
    return mayComplete ? settle() : Optional.empty();
  }

  private Optional<Revision> acceptRevision(Revision revision) {
    long adoptedNumber = current.map(Revision::number).orElse(0L);
    boolean isOlder = announced.isPresent() && revision.number() < announced.get().number();
    if (revision.number() <= adoptedNumber || isOlder) {
      return refuse("expected a revision above " + adoptedNumber + ", found " + revision.number());
    }
    announced = Optional.of(revision);
    return settle();
  }

  private Optional<Revision> refuse(String why) {
    refused++;
    lastRefusal = Optional.of(why);
    return Optional.empty();
  }

  private Optional<Revision> settle() {
    Revision closing = announced.orElseThrow();
    if (closing.number() < revisionMin) {
      problem = Optional.of("expected revision " + revisionMin + " at least, found the registry topic rolled back to "
          + closing.number());
      return Optional.empty();
    }
    Map<EntryKey, Entry> candidate = new HashMap<>(adopted);
    pending.values().stream()
        .filter(entry -> entry.revision() <= closing.number())
        .forEach(entry -> candidate.put(entry.key(), entry));
    Map<EntryKey, String> live = documents(candidate);
    if (live.size() != closing.entries() || !ContentDigest.of(live).equals(closing.contentDigest())) {
      problem = Optional.of("expected the " + closing.entries() + " entries that revision " + closing.number()
          + " closes over, found " + live.size() + " that are not those: the registry topic was damaged or tampered"
          + " with; publish again with `mintlog registry apply --rewrite`");
      return Optional.empty();
    }
    adopted.clear();
    adopted.putAll(candidate);
    pending.values().removeIf(entry -> entry.revision() <= closing.number());
    current = Optional.of(closing);
    announced = Optional.empty();
    problem = Optional.empty();
    return current;
  }

  /** The newest revision adopted. */
  public Optional<Revision> current() {
    return current;
  }

  /** Documents of the revision adopted. */
  public Map<EntryKey, String> live() {
    return documents(adopted);
  }

  /** Highest revision number that any signed record names: the next one published must be above. */
  public long newestNumber() {
    long entries = pending.values().stream().mapToLong(Entry::revision).max().orElse(0);
    long revisions = announced.or(() -> current).map(Revision::number).orElse(0L);
    return Math.max(entries, revisions);
  }

  /** All that is known by key, closed over or not: what a repair builds on. */
  public Map<EntryKey, Entry> newest() {
    Map<EntryKey, Entry> newest = new HashMap<>(adopted);
    newest.putAll(pending);
    return newest;
  }

  /** Why a newer revision is not adopted. */
  public Optional<String> problem() {
    return problem;
  }

  /** Entries that no revision closes over: in a log that only the operator wrote there are none for long. */
  public List<Entry> unclosed() {
    return new ArrayList<>(pending.values());
  }

  /** How many records did not count: unsigned, tampered with, replayed. */
  public long refused() {
    return refused;
  }

  /** Why the last of them did not count. */
  public Optional<String> lastRefusal() {
    return lastRefusal;
  }

  private static Map<EntryKey, String> documents(Map<EntryKey, Entry> entries) {
    Map<EntryKey, String> live = new HashMap<>();
    entries.forEach((key, entry) -> {
      if (!entry.isGone()) {
        live.put(key, entry.document());
      }
    });
    return live;
  }
}
