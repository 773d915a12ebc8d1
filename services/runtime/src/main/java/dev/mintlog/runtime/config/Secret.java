package dev.mintlog.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A configured secret. It does not print: {@link #toString()} is the same for all, so that no log line, exception or
 * listing can hold it by accident; whoever needs the text asks for it by name with {@link #reveal()}.
 */
public final class Secret {
  /** What is shown in place of any secret. */
  public static final String REDACTED = "[secret]";

  private final String text;

  public Secret(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /** The secret itself. Never log it, never put it into a message. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  /** The same for all: a hash code in a log would be a digest of the secret. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return REDACTED;
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
