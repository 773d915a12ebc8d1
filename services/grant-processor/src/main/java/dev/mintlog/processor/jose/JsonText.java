package dev.mintlog.processor.jose;

import dev.mintlog.client.AuthorizationDetail;
import java.util.List;
import java.util.Map;

/** Writes JSON, RFC 8259: strings, whole numbers, lists of strings, objects of them; what claims are made of. */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  static void member(StringBuilder json, String name, Object value) {
    string(json, name);
    json.append(':');
    value(json, value);
  }

  private static void value(StringBuilder json, Object value) {
    if (value instanceof String text) {
      string(json, text);
    } else if (value instanceof Long number) {
      json.append(number.longValue());
    } else if (value instanceof List<?> list) {
      json.append('[');
      for (int i = 0; i < list.size(); i++) {
        if (i > 0) {
          json.append(',');
        }
        element(json, list.get(i));
      }
      json.append(']');
    } else if (value instanceof Map<?, ?> object) {
      json.append('{');
      int from = json.length();
      object.forEach((name, member) -> member(json.append(json.length() == from ? "" : ","), (String) name, member));
      json.append('}');
    } else {
      throw new IllegalArgumentException("expected a String, a Long, a List of String or a Map of them as claim, but found "
          + value.getClass().getName());
    }
  }

  private static void element(StringBuilder json, Object element) {
    if (element instanceof AuthorizationDetail detail) {
      json.append(detail.json());
    } else {
      string(json, (String) element);
    }
  }

  static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
