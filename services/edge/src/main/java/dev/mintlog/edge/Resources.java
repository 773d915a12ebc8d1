package dev.mintlog.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in the opposite order; what fails to close holds nothing else up. Confined to one thread. */
final class Resources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

  private record Named(String name, AutoCloseable resource) {}

  private final Deque<Named> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T resource) {
    opened.push(new Named(name, resource));
    return resource;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      Named last = opened.pop();
      try {
        last.resource().close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed: {}", last.name(), e.toString());
      }
    }
  }
}
