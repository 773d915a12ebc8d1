package dev.mintlog.bench.script;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/**
 * A string in an answer's JSON that a later request needs. Only the first member of its name is looked at, and only a
 * value of 1 to {@value #MAX_CHARS} visible ASCII characters without quotes and escapes is taken: nothing that comes back
 * from a server can end a header or a JSON string of the next request.
 */
public final class Capture {

  static final int MAX_CHARS = 16 * 1024;

  private final String member;
  private final String as;
  private final byte[] quoted;

  private Capture(String member, String as) {
    this.member = member;
    this.as = as;
    this.quoted = ('"' + member + '"').getBytes(UTF_8);
  }

  /** Keeps a member under its own name. */
  public static Capture of(String member) {
    return new Capture(member, member);
  }

  /** Keeps a member under another name. */
  public static Capture of(String member, String as) {
    return new Capture(member, as);
  }

  public String member() {
    return member;
  }

  /** The name by which {@link Values} will have it. */
  public String as() {
    return as;
  }

  /** Looks between two places; empty where there is no such member or a value that is not taken. */
  Optional<String> find(byte[] bytes, int from, int to) {
    for (int at = from; at + quoted.length < to; at++) {
      if (bytes[at] == '"' && Arrays.equals(bytes, at, at + quoted.length, quoted, 0, quoted.length)) {
        int colon = afterSpace(bytes, at + quoted.length, to);
        // The same text may stand as a value before: a member's name is followed by a colon (RFC 8259 §4).
        if (colon < to && bytes[colon] == ':') {
          return value(bytes, afterSpace(bytes, colon + 1, to), to);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(byte[] bytes, int quote, int to) {
    if (quote >= to || bytes[quote] != '"') {
      return Optional.empty();
    }
    int end = quote + 1;
    while (end < to && bytes[end] > ' ' && bytes[end] < 127 && bytes[end] != '"' && bytes[end] != '\\') {
      end++;
    }
    int length = end - quote - 1;
    return end < to && bytes[end] == '"' && length >= 1 && length <= MAX_CHARS
        ? Optional.of(new String(bytes, quote + 1, length, US_ASCII)) : Optional.empty();
  }

  private static int afterSpace(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }
}
