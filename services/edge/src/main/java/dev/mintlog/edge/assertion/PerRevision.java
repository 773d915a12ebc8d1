package dev.mintlog.edge.assertion;

import dev.mintlog.registry.RegistrySnapshot;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** What is made of registered things, once for each revision of the registry. Thread-safe. */
final class PerRevision<K, V> {
  private RegistrySnapshot snapshot;
  private final Map<K, V> byThing = new IdentityHashMap<>();

  /** @param thing one of the registry's own */
  synchronized V of(RegistrySnapshot registry, K thing, Function<K, V> make) {
    if (snapshot == null || !snapshot.isOfTheEntriesOf(registry)) {
      byThing.clear();
      snapshot = registry;
    }
    return byThing.computeIfAbsent(thing, make);
  }
}
