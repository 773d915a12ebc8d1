package dev.mintlog.registry.log;

/** Another publication began while this one was under way, and nothing of this one counts. */
public final class RegistryFencedException extends RegistryException {
  public RegistryFencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
