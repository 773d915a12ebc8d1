package dev.mintlog.channel.log;

/** The schema registry was needed and did not answer. Says nothing about the record: try again. */
public final class SchemaRegistryUnavailableException extends RuntimeException {
  public SchemaRegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
