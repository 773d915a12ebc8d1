package dev.mintlog.registry.key;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.tenant.SigningKeyPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When the signing keys of one tenant come and go: announced, then signing, then kept until the last token they signed
 * has ended. A function of what is registered and of the time, so that whoever looks finds the same, and a restart
 * forgets nothing.
 */
public final class KeySchedule {
  /**
   * How long after its successor's first use a key may still be used: an edge that has not read of the successor yet
   * counts for ten seconds, and its clock may be half a second ahead.
   */
  static final Duration LAST_USE_MAX = Duration.ofSeconds(15);

  /** An edge's clock may be a little behind the operator's, and must find the key that takes over at once in force. */
  static final Duration BACKDATED = Duration.ofMinutes(1);

  private final List<PublishedKey> keys;
  private final SigningKeyPeriods periods;

  /** A key to be made. */
  public record Coming(SigningAlgorithm algorithm, Instant signFrom) {}

  /** @param keys all that the tenant has, in any order */
  public KeySchedule(List<PublishedKey> keys, SigningKeyPeriods periods) {
    this.keys = List.copyOf(keys);
    this.periods = periods;
  }

  /**
   * Keys that are to be made now: the next one of each algorithm in time for its announcement, or as soon after as it
   * can be; and one for each algorithm that the tenant has none for.
   */
  public List<Coming> due(Instant now) {
    List<Coming> due = new ArrayList<>();
    Instant announced = now.plus(periods.announceFor());
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      Instant next = newest(algorithm).map(signFrom -> signFrom.plus(periods.rotateEvery())).orElse(announced);
      if (!next.isAfter(announced)) {
        due.add(new Coming(algorithm, announced));
      }
    }
    return due;
  }

  /** Keys that are to be made now at an operator's word: none where the next one is announced already. */
  public List<Coming> next(Set<SigningAlgorithm> algorithms, Instant now) {
    List<Coming> next = new ArrayList<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      boolean isComing = newest(algorithm).filter(signFrom -> signFrom.isAfter(now)).isPresent();
      if (algorithms.contains(algorithm) && !isComing) {
        next.add(new Coming(algorithm, now.plus(periods.announceFor())));
      }
    }
    return next;
  }

  /** Keys of whose tokens none lives any more. */
  public List<PublishedKey> over(Instant now) {
    return keys.stream().filter(key -> overAt(key).filter(end -> !end.isAfter(now)).isPresent()).toList();
  }

  /** What signs at once where a key that is in force may not do so any more; empty where it is not in force. */
  public Optional<Coming> inPlaceOf(PublishedKey withdrawn, Instant now) {
    Optional<PublishedKey> inForce = lastUsed(withdrawn.algorithm(), now, key -> true);
    if (inForce.filter(key -> key.kid().equals(withdrawn.kid())).isEmpty()) {
      return Optional.empty();
    }
    Instant signFrom = now.minus(BACKDATED);
    // After every other that has signed, or that one would be in force again.
    Instant after = lastUsed(withdrawn.algorithm(), now, key -> !key.kid().equals(withdrawn.kid()))
        .map(key -> key.signFrom().plusMillis(1)).filter(signFrom::isBefore).orElse(signFrom);
    return Optional.of(new Coming(withdrawn.algorithm(), after));
  }

  // Of two with one signFrom the first signs, as everywhere.
  private Optional<PublishedKey> lastUsed(SigningAlgorithm algorithm, Instant now, Predicate<PublishedKey> counted) {
    return keys.stream().sorted(PublishedKey.IN_ORDER_OF_USE)
        .filter(key -> key.algorithm() == algorithm && !key.signFrom().isAfter(now) && counted.test(key))
        .reduce((one, other) -> other.signFrom().isAfter(one.signFrom()) ? other : one);
  }

  // announceFor once more: it is what the operator grants edges and verifiers to catch up.
  private Optional<Instant> overAt(PublishedKey key) {
    return keys.stream()
        .filter(other -> other.algorithm() == key.algorithm() && other.signFrom().isAfter(key.signFrom()))
        .map(PublishedKey::signFrom)
        .min(Instant::compareTo)
        .map(successor -> successor.plus(key.tokenLifetimeMax()).plus(periods.announceFor()).plus(LAST_USE_MAX));
  }

  private Optional<Instant> newest(SigningAlgorithm algorithm) {
    return keys.stream()
        .filter(key -> key.algorithm() == algorithm)
        .map(PublishedKey::signFrom)
        .max(Instant::compareTo);
  }
}
