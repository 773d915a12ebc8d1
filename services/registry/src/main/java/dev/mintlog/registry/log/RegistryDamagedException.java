package dev.mintlog.registry.log;

/** What the topic holds is not whole: an operator has to repair it before anything is published. */
public final class RegistryDamagedException extends RegistryException {
  public RegistryDamagedException(String message) {
    super(message);
  }
}
