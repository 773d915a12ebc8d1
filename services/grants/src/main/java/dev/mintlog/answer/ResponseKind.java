package dev.mintlog.answer;

import java.util.Arrays;
import java.util.Optional;

/** Responses that are signed though they are no tokens. */
public enum ResponseKind {
  /** RFC 9701 §5. */
  TOKEN_INTROSPECTION("token-introspection", "token-introspection+jwt"),
  /** OpenID Connect Core §5.3.2. */
  USERINFO("userinfo", "JWT");

  private final String wireName;
  private final String type;

  ResponseKind(String wireName, String type) {
    this.wireName = wireName;
    this.type = type;
  }

  /** Its name in the log. */
  public String wireName() {
    return wireName;
  }

  /** The JWS {@code typ}. */
  public String type() {
    return type;
  }

  public static Optional<ResponseKind> ofWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(name)).findFirst();
  }
}
