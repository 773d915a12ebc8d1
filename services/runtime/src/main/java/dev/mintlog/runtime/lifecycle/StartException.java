package dev.mintlog.runtime.lifecycle;

/**
 * The process cannot start, and the reader of the message can do something about it. The message is one line that names
 * what was found, what was expected and the fix; it is printed without a stack trace.
 */
public class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param message made one line if it is not */
  public StartException(String message) {
    super(oneLine(message));
  }

  /** @param message made one line if it is not */
  public StartException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
