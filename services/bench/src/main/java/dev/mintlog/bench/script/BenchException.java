package dev.mintlog.bench.script;

/** A measurement that cannot start or go on. The message is one line that says what was found and what would help. */
public final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }
}
