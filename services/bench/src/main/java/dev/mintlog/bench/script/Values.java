package dev.mintlog.bench.script;

import java.util.HashMap;
import java.util.Map;

/** What one virtual user knows: values it made and values it captured from answers. Credentials: it prints no value. */
public final class Values {

  private final Map<String, String> byName = new HashMap<>();

  public void put(String name, String value) {
    byName.put(name, value);
  }

  /** @throws IllegalStateException if no step before made or captured it: a script's mistake */
  public String get(String name) {
    String value = byName.get(name);
    if (value == null) {
      throw new IllegalStateException("expected a step before that makes or captures " + name + ", but found "
          + byName.keySet());
    }
    return value;
  }

  @Override
  public String toString() {
    return "Values" + byName.keySet();
  }
}
