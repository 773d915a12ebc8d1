package dev.mintlog.channel.log;

/** A start that cannot go on. The message is one line: what was expected, what was found, and where. */
public final class ChannelStartException extends RuntimeException {
  public ChannelStartException(String message) {
    super(message);
  }

  public ChannelStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
