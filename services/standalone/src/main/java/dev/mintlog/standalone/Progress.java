package dev.mintlog.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells whoever waits what is done, how long it took, and what is waited for. Thread-safe. */
public final class Progress {
  private final PrintStream out;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Something is done. */
  public void done(String what, String where, Duration took) {
    print(String.format(Locale.ROOT, "  %-18s %-44s %5.1f s", what, where, took.toMillis() / 1000.0));
  }

  /** Something takes long. */
  public void waiting(String forWhat, Duration since, Duration atMost) {
    print(String.format(Locale.ROOT, "  waiting for %s: %d s of at most %d s", forWhat, since.toSeconds(),
        atMost.toSeconds()));
  }

  /** A line as it is. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }
}
