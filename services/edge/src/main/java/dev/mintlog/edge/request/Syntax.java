package dev.mintlog.edge.request;

/** Character sets of parameters, RFC 6749 Appendix A and RFC 7636 §4.1. Plain loops: they run on every request. */
public final class Syntax {
  /** Longest scope that is read. */
  public static final int SCOPE_CHARACTERS_MAX = 4096;

  private Syntax() {}

  /** RFC 6749 §3.3: {@code scope-token *( SP scope-token )}, scope-token of %x21 / %x23-5B / %x5D-7E. */
  public static Checked<String> scope(String text) {
    if (text.length() > SCOPE_CHARACTERS_MAX) {
      return Checked.refused(new Refusal(400, "invalid_scope",
          "expected at most " + SCOPE_CHARACTERS_MAX + " characters of scope, but found " + text.length(), 0));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return Checked.refused(new Refusal(400, "invalid_scope",
            "expected scope tokens of visible ASCII without quotes and backslashes, separated by spaces", 0));
      }
    }
    return Checked.accepted(text);
  }

  /** RFC 7636 §4.1: {@code code-verifier = 43*128unreserved}, unreserved of ALPHA / DIGIT / "-" / "." / "_" / "~". */
  public static boolean isCodeVerifier(String text) {
    if (text.length() < 43 || text.length() > 128) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isUnreserved(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_'
        || c == '~';
  }
}
