package dev.mintlog.standalone.demo;

import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.standalone.Progress;
import java.time.Duration;

/** A part that says when it has started, and how long that took. */
record TimedPart(Part part, String where, Progress progress) implements Part {
  @Override
  public String name() {
    return part.name();
  }

  @Override
  public void start() throws InterruptedException {
    long from = System.nanoTime();
    part.start();
    progress.done(name(), where, Duration.ofNanos(System.nanoTime() - from));
  }

  @Override
  public void stop(Duration drainMax) throws InterruptedException {
    part.stop(drainMax);
  }
}
