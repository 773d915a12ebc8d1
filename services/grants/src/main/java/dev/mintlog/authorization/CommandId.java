package dev.mintlog.authorization;

/**
 * Identity of a command, and the correlation id of its reply: 128 random bits drawn by the edge, never taken from a
 * client's header. Not a secret.
 *
 * @param value 22 characters of base64url
 */
public record CommandId(String value) {
  private static final int CHARACTERS = 22;

  public CommandId {
    if (value.length() != CHARACTERS || !value.chars().allMatch(CommandId::isBase64url)) {
      throw new IllegalArgumentException("Expected 22 characters of base64url as command id, but found "
          + value.length() + " characters");
    }
  }

  private static boolean isBase64url(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
  }

  @Override
  public String toString() {
    return value;
  }
}
