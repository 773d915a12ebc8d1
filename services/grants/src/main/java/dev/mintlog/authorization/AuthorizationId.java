package dev.mintlog.authorization;

import java.util.regex.Pattern;

/**
 * Name of one authorization: its tenant and 128 bits of the SHA-256 of its secret. It is the Kafka key of every command
 * on the authorization and the name of its Redis key; knowing it gives nobody anything.
 *
 * @param tenant the tenant's name, {@code default} for the plain paths
 * @param value 22 characters of base64url
 */
public record AuthorizationId(String tenant, String value) {
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");

  public AuthorizationId {
    if (tenant.isEmpty() || tenant.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Expected a tenant name without '/', but found '" + tenant + "'");
    }
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("Expected 22 characters of base64url as authorization id, but found "
          + value.length() + " characters");
    }
  }

  /** Whether a text has the form of an id's value. */
  public static boolean isWellFormed(String value) {
    return VALUE.matcher(value).matches();
  }

  /** The id in the key {@code tenant/value}, as {@link #key()} wrote it. */
  public static AuthorizationId ofKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("Expected a key of the form tenant/id, but found no '/'");
    }
    return new AuthorizationId(key.substring(0, slash), key.substring(slash + 1));
  }

  /** The Kafka key: {@code tenant/value}. */
  public String key() {
    return tenant + "/" + value;
  }

  @Override
  public String toString() {
    return key();
  }
}
