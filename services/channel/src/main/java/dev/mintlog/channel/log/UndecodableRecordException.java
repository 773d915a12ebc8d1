package dev.mintlog.channel.log;

/** Bytes that are no record of the topic, and will not become one by trying again. */
public final class UndecodableRecordException extends Exception {
  public UndecodableRecordException(String message) {
    super(message);
  }

  public UndecodableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
