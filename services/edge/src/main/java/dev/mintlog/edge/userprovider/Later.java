package dev.mintlog.edge.userprovider;

import java.time.Duration;

/** Runs something after a while. */
@FunctionalInterface
interface Later {
  void run(Duration delay, Runnable what);
}
