package dev.mintlog.edge.state;

import dev.mintlog.channel.state.ReplicationState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: the state's store. */
public interface StateReader {

  /** What one flush read, of one primary. */
  record Values(List<Optional<byte[]>> values, ReplicationState primary) {
    public Values {
      values = List.copyOf(values);
    }
  }

  /**
   * Reads values and who they were read from, in one flush.
   *
   * @return the values in the order of the keys; fails where the store does not answer in time
   */
  CompletionStage<Values> read(List<byte[]> keys);
}
