package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.processor.life.InfrastructureException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Port: what was recorded of authorizations. Confined to one thread. */
public interface Changelog {

  /** How much of a partition is wanted. */
  enum Span {
    /** All of it. */
    WHOLE,
    /** What a primary may have lost that restarted or took over; the whole where that cannot be told. */
    TAIL
  }

  /**
   * Reads all that the log holds by now of these partitions.
   *
   * @param batches is given states in any order, any versions of one authorization among them
   * @throws InfrastructureException where the log could not be read to its end
   */
  void read(Map<Integer, Span> spans, Consumer<List<Authorization>> batches) throws InterruptedException;

  /**
   * Whether the log has never held a command, in any partition: then nothing was redeemed yet that Redis could forget.
   *
   * @throws InfrastructureException where the log could not be asked
   */
  boolean isBeforeEveryCommand() throws InterruptedException;
}
