package dev.mintlog.runtime.config;

import java.util.List;

/**
 * The texts given for one setting, and where.
 *
 * @param name the name under which it was given: the key's, or that of its file form
 * @param source where it stands, for people: {@code edge.yaml} or a variable
 */
record Found(String name, String source, List<String> texts) {
  @Override
  public String toString() {
    return name + " in " + source;
  }
}
