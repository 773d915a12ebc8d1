package dev.mintlog.client;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A grant type's identifier, RFC 6749 §4 and §4.5. An open set: extension grants bring their own.
 *
 * @param value the {@code grant_type} value
 */
public record GrantType(String value) {
  // First: the constants below are checked against it while the class initialises.
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,100}");

  public static final GrantType AUTHORIZATION_CODE = new GrantType("authorization_code");
  public static final GrantType CLIENT_CREDENTIALS = new GrantType("client_credentials");
  public static final GrantType REFRESH_TOKEN = new GrantType("refresh_token");
  public static final GrantType PASSWORD = new GrantType("password");
  public static final GrantType DEVICE_CODE = new GrantType("urn:ietf:params:oauth:grant-type:device_code");

  /** OpenID CIBA Core §4. */
  public static final GrantType CIBA = new GrantType("urn:openid:params:grant-type:ciba");

  /** RFC 8693 §2.1. */
  public static final GrantType TOKEN_EXCHANGE = new GrantType("urn:ietf:params:oauth:grant-type:token-exchange");

  /** RFC 7523 §2.1. */
  public static final GrantType JWT_BEARER = new GrantType("urn:ietf:params:oauth:grant-type:jwt-bearer");

  /** Names that clients in the field send for a standard grant type. */
  private static final Map<String, GrantType> ALIASES = Map.of("device_code", DEVICE_CODE);

  public GrantType {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Expected 1 to 100 visible ASCII characters as grant type");
    }
  }

  /** Whether the text has the form of a grant type. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /** The grant type that a well-formed text means. */
  public static GrantType of(String text) {
    GrantType alias = ALIASES.get(text);
    return alias != null ? alias : new GrantType(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
