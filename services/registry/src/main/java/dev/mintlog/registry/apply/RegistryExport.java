package dev.mintlog.registry.apply;

import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryEntries;

/** Writes out what is registered, as YAML that can be applied again: secrets as hashes, keys not at all. */
public final class RegistryExport {
  private RegistryExport() {}

  public static String yaml(RegistrySnapshot snapshot) {
    return RegistryEntries.toDocument(snapshot.entries()).yaml();
  }
}
