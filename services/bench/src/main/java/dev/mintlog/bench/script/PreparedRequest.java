package dev.mintlog.bench.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One token request, serialised once. Where a form value contains {@value #UNIQUE}, every request sent carries 16 hex
 * digits of its own instead, so that nothing can answer from a cache.
 *
 * <p>Its bytes may hold a client secret: it prints only its size.
 */
public final class PreparedRequest implements Request {

  /** Marks the place of the per-request part; at most one. */
  public static final String UNIQUE = "{unique}";

  private final byte[] bytes;
  private final int uniqueAt;
  private final UniqueDigits digits = new UniqueDigits();

  private PreparedRequest(byte[] bytes, int uniqueAt) {
    this.bytes = bytes;
    this.uniqueAt = uniqueAt;
  }

  /**
   * A form POST to {@code target}.
   *
   * @throws BenchException if a header could not be one or more than one {@value #UNIQUE} is asked for
   */
  public static PreparedRequest form(Target target, Map<String, String> headers, Map<String, String> form) {
    String body = form.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
    int slot = body.indexOf(encoded(UNIQUE));
    String before = slot < 0 ? body : body.substring(0, slot);
    String after = slot < 0 ? "" : body.substring(slot + encoded(UNIQUE).length());
    if (after.contains(encoded(UNIQUE))) {
      throw new BenchException("the form has more than one " + UNIQUE + ": one is the limit");
    }
    int uniqueBytes = slot < 0 ? 0 : UniqueDigits.LENGTH;

    StringBuilder head = new StringBuilder("POST " + target.path() + " HTTP/1.1\r\nHost: " + target.authority()
        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    headers.forEach((name, value) -> head.append(headerLine(name, value)));
    head.append("Content-Length: ").append(before.length() + uniqueBytes + after.length()).append("\r\n\r\n");

    var out = new ByteArrayOutputStream();
    out.writeBytes(head.append(before).toString().getBytes(UTF_8));
    int uniqueAt = slot < 0 ? -1 : out.size();
    out.writeBytes(new byte[uniqueBytes]);
    out.writeBytes(after.getBytes(UTF_8));
    return new PreparedRequest(out.toByteArray(), uniqueAt);
  }

  /** Value of an Authorization header; id and secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
  public static String basic(String clientId, String secret) {
    String pair = encoded(clientId) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** Its bytes are laid out once; from then on only the part that is unique is written. */
  @Override
  public Outgoing newOutgoing() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    return values -> {
      buffer.clear();
      if (uniqueAt >= 0) {
        digits.putNext(buffer, uniqueAt);
      }
      return buffer;
    };
  }

  private static String headerLine(String name, String value) {
    requireHeader(name, value);
    return name + ": " + value + "\r\n";
  }

  /** @throws BenchException unless it can be a header field */
  public static void requireHeader(String name, String value) {
    // RFC 9110 §5.5: a field value has no CR, LF or NUL; letting one through would send two requests for one.
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new BenchException("--header " + name + ": expected NAME=VALUE in printable ASCII");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public String toString() {
    return "PreparedRequest[" + bytes.length + " bytes]";
  }
}
