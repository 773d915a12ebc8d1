package dev.mintlog.edge;

import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.Part;
import java.time.Duration;

/** An edge as a part of a process. */
public final class EdgePart implements Part {
  private final Settings settings;
  private volatile Edge edge;

  /** @param settings of {@link EdgeKeys#ALL} */
  public EdgePart(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "edge";
  }

  @Override
  public void start() throws InterruptedException {
    edge = Edge.start(settings);
  }

  /** The running edge. */
  public Edge edge() {
    return edge;
  }

  @Override
  public void stop(Duration drainMax) throws InterruptedException {
    Edge started = edge;
    if (started != null) {
      started.close(drainMax);
    }
  }
}
