package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.Part;
import java.util.List;
import java.util.function.Consumer;

/** What runs in this process on top of the local parts. */
public interface Services {
  /**
   * The parts, first to start first; they are started after the local parts answer and stopped before those are.
   *
   * @param end ends everything, for the reason given
   */
  List<Part> parts(UpOptions options, LocalParts local, Progress progress, Consumer<String> end);

  /** What to tell the person who started it, once everything serves; a line each. */
  List<String> welcome(UpOptions options, LocalParts local);
}
