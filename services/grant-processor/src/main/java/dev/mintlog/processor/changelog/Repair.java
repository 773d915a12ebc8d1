package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Pending;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be done about records that others wrote. Compaction keeps the last record of an authorization, a restore takes
 * the highest version: where the last is not the highest, the highest is appended again. Where the store has less than the
 * log, it is given what the log has.
 *
 * @param toAppend newest states, to come last in the log
 * @param toWriteBack states that the store does not have
 */
record Repair(List<Authorization> toAppend, List<Authorization> toWriteBack) {

  /** The authorizations that records are of. */
  static Collection<AuthorizationId> named(List<Authorization> records) {
    return records.stream().map(Authorization::id).distinct().toList();
  }

  /**
   * Decides.
   *
   * @param records in the order of the log
   * @param resting what the store holds of each authorization
   * @param now what is kept no longer is not written back
   */
  static Repair of(List<Authorization> records, Function<AuthorizationId, Optional<Authorization>> resting, Instant now) {
    Map<AuthorizationId, Authorization> last = new LinkedHashMap<>();
    Map<AuthorizationId, Authorization> highest = new LinkedHashMap<>();
    for (Authorization record : records) {
      last.put(record.id(), record);
      highest.merge(record.id(), record, Repair::newer);
    }
    return new Repair(
        last.values().stream()
            .map(record -> resting.apply(record.id())
                .map(rests -> newer(highest.get(record.id()), rests)).orElse(highest.get(record.id())))
            .filter(newest -> isMoreThan(newest, last.get(newest.id()))).toList(),
        highest.values().stream().filter(record -> record.keptUntil().isAfter(now)
            && resting.apply(record.id()).map(rests -> rests.version() < record.version()).orElse(true)).toList());
  }

  // Of what is pending the store is told alone when it was polled: to forget that does no harm.
  private static boolean isMoreThan(Authorization newest, Authorization last) {
    boolean arePending = newest.state() instanceof Pending && last.state() instanceof Pending;
    return newest.version() > last.version() && !arePending;
  }

  // Equal versions are of equal commands.
  private static Authorization newer(Authorization one, Authorization other) {
    return other.version() > one.version() ? other : one;
  }
}
