package dev.mintlog.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in the opposite order; what fails to close holds nothing else up. Confined to one thread. */
public final class OpenedParts {
  private static final Logger LOG = LoggerFactory.getLogger(OpenedParts.class);

  /** Closes one thing that was opened. */
  public interface Closing {
    /** @param drainMax how long it may take to finish what is under way */
    void close(Duration drainMax) throws Exception;
  }

  private record Named(String name, Closing closing) {}

  private final Deque<Named> opened = new ArrayDeque<>();

  /** @param name for people, where it cannot be closed */
  public <T extends AutoCloseable> T add(String name, T part) {
    closeWith(name, drainMax -> part.close());
    return part;
  }

  /** As {@link #add}, for what is closed otherwise. */
  public void closeWith(String name, Closing closing) {
    opened.push(new Named(name, closing));
  }

  /** Closes all that is open. Interrupted, it leaves the rest open; the next call goes on there. */
  public void close(Duration drainMax) throws InterruptedException {
    while (!opened.isEmpty()) {
      Named last = opened.pop();
      try {
        last.closing().close(drainMax);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.warn("{} did not close well: {}", last.name(), e.toString());
      }
    }
  }
}
