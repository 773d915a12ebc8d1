package dev.mintlog.authorization;

import java.util.regex.Pattern;

/**
 * Identity of a command, and the correlation id of its reply: 128 random bits drawn by the edge, never taken from a
 * client's header. Not a secret.
 *
 * @param value 22 characters of base64url
 */
public record CommandId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

  public CommandId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Expected 22 characters of base64url as command id, but found "
          + value.length() + " characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
