package dev.mintlog.edge.userprovider;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** Reads options strictly: Vert.x's own readers pass over what they do not know. */
final class ProviderOptions {
  private ProviderOptions() {}

  static void requireKnown(JsonObject options, Set<String> known) {
    for (String name : options.fieldNames()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "expected no keys but " + String.join(", ", new TreeSet<>(known)) + ", found '" + name + "'");
      }
    }
  }

  static String text(JsonObject options, String name) {
    if (options.getValue(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException("expected text as options." + name);
  }

  static int number(JsonObject options, String name, int min, int max, int absent) {
    Object value = options.getValue(name, absent);
    if (value instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    throw new IllegalArgumentException("expected " + min + " to " + max + " as options." + name + ", found " + value);
  }
}
