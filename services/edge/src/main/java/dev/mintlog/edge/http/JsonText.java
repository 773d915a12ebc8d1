package dev.mintlog.edge.http;

/** Writes one JSON object, member by member. For responses whose members are known; everything else takes a library. */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text;

  public JsonText(int sizeHint) {
    text = new StringBuilder(sizeHint).append('{');
  }

  public JsonText member(String name, String value) {
    name(name);
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      escape(value.charAt(i));
    }
    text.append('"');
    return this;
  }

  /** A value whose alphabet has nothing to escape: base64url, JWS compact form, constants. */
  public JsonText plainMember(String name, String value) {
    name(name);
    text.append('"').append(value).append('"');
    return this;
  }

  public JsonText member(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** @param value JSON text */
  public JsonText jsonMember(String name, String value) {
    name(name);
    text.append(value);
    return this;
  }

  /** The object, complete. */
  public String end() {
    return text.append('}').toString();
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append('"').append(name).append("\":");
  }

  // RFC 8259 §7
  private void escape(char c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append(c);
    } else if (c < ' ') {
      text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    } else {
      text.append(c);
    }
  }
}
