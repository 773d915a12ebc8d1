package dev.mintlog.command;

import java.util.Optional;

/** Which claims tokens have for the clients that read them, beside what RFC 9068 and OpenID Connect Core say. */
public enum TokenStyle {
  /** None. */
  RFC(""),
  /** Those of Entra ID: {@code tid}, {@code oid}, {@code upn}, and {@code scp} of a user's or {@code roles} of a client's own. */
  ENTRA("entra");

  private final String wireName;

  TokenStyle(String wireName) {
    this.wireName = wireName;
  }

  /** As it travels. */
  public String wireName() {
    return wireName;
  }

  public static Optional<TokenStyle> ofWireName(String name) {
    for (TokenStyle style : values()) {
      if (style.wireName.equals(name)) {
        return Optional.of(style);
      }
    }
    return Optional.empty();
  }
}
