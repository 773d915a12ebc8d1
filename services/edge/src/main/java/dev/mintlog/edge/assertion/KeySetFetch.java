package dev.mintlog.edge.assertion;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** Gets a JWK set from where its owner publishes it. */
@FunctionalInterface
public interface KeySetFetch {

  /**
   * Fetches the text; never blocks.
   *
   * @param then called once, on any thread: with the text, or empty where there was none to get
   */
  void fetch(URI uri, Consumer<Optional<String>> then);
}
