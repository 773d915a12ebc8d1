package dev.mintlog.clients.powershell;

import java.util.LinkedHashMap;
import java.util.Map;

/** A cmdlet's parameters as they are typed: {@code -name value …}. */
record Parameters(Map<String, Object> bound) {

  static Parameters of(Object... namesAndValues) {
    Map<String, Object> bound = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      bound.put(((String) namesAndValues[i]).substring(1), namesAndValues[i + 1]);
    }
    return new Parameters(bound);
  }

  boolean has(String name) {
    return bound.get(name) != null && !bound.get(name).equals("");
  }

  Object get(String name) {
    return bound.get(name);
  }

  String text(String name) {
    return has(name) ? bound.get(name).toString() : "";
  }

  /** Puts each of these that is bound into a hashtable, under its own name. */
  void into(Map<String, String> hashtable, String... names) {
    for (String name : names) {
      if (has(name)) {
        hashtable.put(name, text(name));
      }
    }
  }
}
