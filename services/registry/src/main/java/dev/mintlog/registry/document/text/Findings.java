package dev.mintlog.registry.document.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a reading of a document finds: its problems, and which keys were looked for. */
public final class Findings {
  private static final int PROBLEMS_MAX = 50;

  private final boolean unknownKeysAllowed;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> keys = new TreeSet<>();

  private Findings(boolean unknownKeysAllowed) {
    this.unknownKeysAllowed = unknownKeysAllowed;
  }

  /** For what an operator writes: a key that is not known is a slip. */
  public static Findings ofDocument() {
    return new Findings(false);
  }

  /** For what the log holds: it was checked when it was published, perhaps by a newer version that knows more keys. */
  public static Findings ofLog() {
    return new Findings(true);
  }

  boolean unknownKeysAllowed() {
    return unknownKeysAllowed;
  }

  void problem(String path, String message) {
    problems.add(path.isEmpty() ? message : path + ": " + message);
  }

  void lookedFor(String path) {
    keys.add(path.replaceAll("\\[\\d+]", "[]"));
  }

  /** Paths of all keys that were looked for, list positions left out. */
  public Set<String> keys() {
    return keys;
  }

  /** @throws InvalidRegistryException where there was a problem */
  public void throwIfAny() {
    if (problems.size() > PROBLEMS_MAX) {
      List<String> first = new ArrayList<>(problems.subList(0, PROBLEMS_MAX));
      first.add("… and " + (problems.size() - PROBLEMS_MAX) + " more");
      throw new InvalidRegistryException(first);
    }
    if (!problems.isEmpty()) {
      throw new InvalidRegistryException(problems);
    }
  }
}
