package dev.mintlog.edge.backchannel;

/**
 * How a client says whom it asks, OpenID CIBA Core §7.1. It does not print.
 *
 * @param text of the parameter
 */
public record UserHint(Kind kind, String text) {
  /** Which parameter. */
  public enum Kind {
    LOGIN_HINT,
    ID_TOKEN_HINT,
    LOGIN_HINT_TOKEN
  }

  @Override
  public String toString() {
    return "UserHint[" + kind + "]";
  }
}
