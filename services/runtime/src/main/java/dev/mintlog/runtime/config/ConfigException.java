package dev.mintlog.runtime.config;

import dev.mintlog.runtime.lifecycle.StartException;

/** A setting is unknown, missing, of the wrong type or out of range. The message is one line and never holds a secret. */
public final class ConfigException extends StartException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
