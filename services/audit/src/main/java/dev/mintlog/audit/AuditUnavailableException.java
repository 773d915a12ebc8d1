package dev.mintlog.audit;

/** The log cannot be read. The message is one line: what was expected, what was found. */
public final class AuditUnavailableException extends RuntimeException {
  public AuditUnavailableException(String message, Throwable cause) {
    super(message.lines().findFirst().orElse(message), cause);
  }
}
