package dev.mintlog.registry.document.text;

import java.util.List;

/** A registry document that cannot be published; every problem with its path, none with a secret. */
public final class InvalidRegistryException extends RuntimeException {
  private final transient List<String> problems;

  public InvalidRegistryException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: path, what was expected, what was found. */
  public List<String> problems() {
    return problems;
  }
}
