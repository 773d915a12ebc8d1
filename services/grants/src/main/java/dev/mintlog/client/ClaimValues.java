package dev.mintlog.client;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Claims beyond the protocol's own, by name, each value as JSON text. They may be personal data: they travel and rest
 * sealed, and do not print.
 *
 * @param jsonByName JSON texts, in the order of the names
 */
public record ClaimValues(Map<String, String> jsonByName) {
  public static final ClaimValues NONE = new ClaimValues(Map.of());
  /** Longest name of a claim, in characters. */
  public static final int NAME_CHARACTERS_MAX = 100;

  /**
   * @throws IllegalArgumentException where a name is not 1 to {@value #NAME_CHARACTERS_MAX} visible ASCII characters
   *     without quote and backslash, or is the protocol's own
   */
  public ClaimValues {
    for (String name : jsonByName.keySet()) {
      if (!isName(name)) {
        throw new IllegalArgumentException("Expected the name of a claim: 1 to " + NAME_CHARACTERS_MAX
            + " visible ASCII characters without quote and backslash, and none of the protocol's own");
      }
    }
    jsonByName = Collections.unmodifiableMap(new TreeMap<>(jsonByName));
  }

  /** Whether a claim beyond the protocol's own may have this name. */
  public static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= NAME_CHARACTERS_MAX && !ProtocolClaims.contains(name)
        && name.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
  }

  public boolean isEmpty() {
    return jsonByName.isEmpty();
  }

  /** With one more claim whose value is JSON text; the last one of a name counts. */
  public ClaimValues withJson(String name, String json) {
    Map<String, String> more = new TreeMap<>(jsonByName);
    more.put(name, json);
    return new ClaimValues(more);
  }

  public ClaimValues withText(String name, String value) {
    return withJson(name, quoted(value));
  }

  public ClaimValues withTexts(String name, List<String> values) {
    return withJson(name, values.stream().map(ClaimValues::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  /** These, and those of the others whose names are free here. */
  public ClaimValues and(ClaimValues others) {
    if (others.isEmpty()) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(others.jsonByName);
    all.putAll(jsonByName);
    return new ClaimValues(all);
  }

  /** Those of certain names. */
  public ClaimValues only(Collection<String> names) {
    Map<String, String> some = new TreeMap<>(jsonByName);
    some.keySet().retainAll(names);
    return new ClaimValues(some);
  }

  /** The value of a claim that is a text; empty where there is none, or another value. */
  public Optional<String> text(String name) {
    String json = jsonByName.get(name);
    boolean isText = json != null && json.length() >= 2 && json.charAt(0) == '"' && json.endsWith("\"");
    return isText ? Optional.of(unquoted(json)) : Optional.empty();
  }

  /** The text of one JSON object. */
  public String json() {
    return jsonByName.entrySet().stream().map(claim -> '"' + claim.getKey() + "\":" + claim.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  // RFC 8259 §7.
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String unquoted(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = json.charAt(++i);
      switch (escaped) {
        case 'u' -> {
          text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
          i += 4;
        }
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "ClaimValues" + jsonByName.keySet();
  }
}
