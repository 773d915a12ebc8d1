package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.processor.life.InfrastructureException;
import java.util.List;
import java.util.Map;

/** Port: what was recorded of authorizations. Confined to one thread. */
public interface Changelog {

  /** How much of a partition is wanted. */
  enum Span {
    /** All of it. */
    WHOLE,
    /** What a primary may have lost that restarted or took over; the whole where that cannot be told. */
    TAIL
  }

  /** Is given states of one partition, in any order, any versions of one authorization among them. */
  interface Batches {
    void take(int partition, List<Authorization> states);
  }

  /**
   * Reads all that the log holds by now of these partitions.
   *
   * @return by partition, why it could not be read to its end or what the batches threw; the others were
   * @throws InfrastructureException where the log could not be read, or what took the batches could not be reached
   */
  Map<Integer, RuntimeException> read(Map<Integer, Span> spans, Batches batches) throws InterruptedException;

  /**
   * Whether the log has never held a command, in any partition: then nothing was redeemed yet that Redis could forget.
   *
   * @throws InfrastructureException where the log could not be asked
   */
  boolean isBeforeEveryCommand() throws InterruptedException;
}
