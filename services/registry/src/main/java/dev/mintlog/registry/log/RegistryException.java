package dev.mintlog.registry.log;

/** The registry cannot be read or published. The message is one line: what was expected, what was found. */
public class RegistryException extends RuntimeException {
  public RegistryException(String message) {
    super(message);
  }

  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
