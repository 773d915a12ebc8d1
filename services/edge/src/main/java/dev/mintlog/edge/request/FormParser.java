package dev.mintlog.edge.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code application/x-www-form-urlencoded}, RFC 6749 §3.2 and Appendix B: UTF-8, strictly. What is malformed is
 * refused, never repaired.
 */
public final class FormParser {
  /** More parameters than any client sends; a bound on what one request may make us keep. */
  public static final int PARAMETERS_MAX = 200;

  // RFC 8707 §2 and RFC 8693 §2.1 let these be repeated.
  private static final Set<String> REPEATABLE = Set.of("resource", "audience");

  // Names that an error message may repeat: a client that mixes up names and values must not find a secret in it.
  private static final Set<String> KNOWN = Set.of("grant_type", "client_id", "client_secret", "scope", "code",
      "redirect_uri", "code_verifier", "refresh_token", "device_code", "client_assertion", "client_assertion_type",
      "token", "token_type_hint", "auth_req_id", "login_hint", "id_token_hint", "login_hint_token", "binding_message",
      "requested_expiry", "acr_values", "user_code", "client_notification_token",
      "username", "password");

  private FormParser() {}

  /** The form in the bytes of a body or of a query string. */
  public static Checked<Form> parse(byte[] encoded) {
    return parse(encoded, REPEATABLE);
  }

  /** @param repeatable parameters that may stand more than once */
  public static Checked<Form> parse(byte[] encoded, Set<String> repeatable) {
    Map<String, String> values = new HashMap<>(16);
    Map<String, List<String>> repeated = new HashMap<>(2);
    int parameters = 0;
    int from = 0;
    while (from < encoded.length) {
      int to = indexOf(encoded, '&', from, encoded.length);
      if (to > from) {
        if (++parameters > PARAMETERS_MAX) {
          return refused("expected at most " + PARAMETERS_MAX + " parameters, but found more");
        }
        int equals = indexOf(encoded, '=', from, to);
        String name = decoded(encoded, from, equals);
        String value = equals < to ? decoded(encoded, equals + 1, to) : "";
        if (name == null || value == null) {
          return refused("expected form-urlencoded UTF-8, but found a malformed percent-encoding, UTF-8 or a NUL");
        }
        // RFC 6749 §3.2: "Parameters sent without a value MUST be treated as if they were omitted from the request. The
        // authorization server MUST ignore unrecognized request parameters. Request and response parameters MUST NOT be
        // included more than once."
        String first = value.isBlank() ? null : values.putIfAbsent(name, value);
        if (first != null && !repeatable.contains(name)) {
          return refused("expected each parameter once, but found " + shown(name) + " more than once");
        }
        if (first != null) {
          repeated.computeIfAbsent(name, found -> new ArrayList<>(List.of(first))).add(value);
        }
      }
      from = to + 1;
    }
    return Checked.accepted(new Form(values, repeated));
  }

  private static Checked<Form> refused(String description) {
    return Checked.refused(Refusal.invalidRequest(description));
  }

  private static String shown(String name) {
    return KNOWN.contains(name) ? name : "one";
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** The text between two positions; null where it is malformed. */
  private static String decoded(byte[] encoded, int from, int to) {
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      byte b = encoded[i];
      plain = b > 0 && b != '%' && b != '+';
    }
    return plain
        ? new String(encoded, from, to - from, StandardCharsets.ISO_8859_1)
        : percentDecoded(encoded, from, to);
  }

  private static String percentDecoded(byte[] encoded, int from, int to) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    int i = from;
    while (i < to) {
      byte b = encoded[i];
      if (b == '%') {
        int octet = i + 2 < to ? octet(encoded[i + 1], encoded[i + 2]) : -1;
        if (octet < 0) {
          return null;
        }
        b = (byte) octet;
        i += 3;
      } else {
        b = b == '+' ? (byte) ' ' : b;
        i++;
      }
      if (b == 0) {
        return null;
      }
      bytes[length++] = b;
    }
    return utf8(bytes, length);
  }

  private static int octet(byte high, byte low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h << 4 | l;
  }

  private static String utf8(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return strictUtf8(bytes, length);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static String strictUtf8(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
