package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.processor.life.InfrastructureException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Port: the end of the changelog, as it is written by whoever writes there. Confined to one thread; each method throws {@link
 * InfrastructureException} where the log could not be reached.
 */
public interface ChangelogTail extends AutoCloseable {

  /**
   * States in the order of the log.
   *
   * @param next the first offset that was not read
   */
  record Read(List<Authorization> states, long next) {}

  /** The offsets after the last records. */
  Map<Integer, Long> ends(Collection<Integer> partitions) throws InterruptedException;

  /** Offsets so far back that whoever saw what came before has had the time to repair it. */
  Map<Integer, Long> starts(Collection<Integer> partitions) throws InterruptedException;

  /**
   * Reads records of one partition.
   *
   * @param recordsMax about how many, at most
   * @throws IllegalStateException at one that was written by one of ours and cannot be read here
   */
  Read read(int partition, long from, long to, int recordsMax) throws InterruptedException;

  /** Appends states to one partition and waits until the log has them. */
  void append(int partition, Collection<Authorization> states) throws InterruptedException;

  @Override
  void close();
}
