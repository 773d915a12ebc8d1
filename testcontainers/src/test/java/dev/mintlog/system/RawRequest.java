package dev.mintlog.system;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An HTTP/1.1 request, written as the bytes that go out: also one that no proper HTTP client would send.
 *
 * @param headers complete lines, without their ends
 */
record RawRequest(String method, String target, List<String> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  static RawRequest of(String method, String target) {
    return new RawRequest(method, target, List.of("Host: localhost"), NOTHING);
  }

  /** A form, as it stands, at the token endpoint. */
  static RawRequest tokenForm(String form) {
    return of("POST", "/connect/token").header("Content-Type", "application/x-www-form-urlencoded").body(form);
  }

  /** A form of names and values, which alternate. */
  static RawRequest token(String... namesAndValues) {
    return tokenForm(TokenClient.form(TokenClient.fields(namesAndValues)));
  }

  /** What {@code service} asks for when nothing is wrong, but for its proof. */
  static RawRequest clientCredentials() {
    return tokenForm("grant_type=client_credentials&scope=orders.read");
  }

  /** RFC 6749 §2.3.1, as it is meant: id and secret are form-encoded first. */
  RawRequest basic(String id, String secret) {
    return header("Authorization", TokenClient.basic(id, secret));
  }

  RawRequest basic(DemoClient client) {
    return basic(client.id(), client.secret());
  }

  RawRequest header(String name, String value) {
    return line(name + ": " + value);
  }

  RawRequest line(String line) {
    return new RawRequest(method, target, Stream.concat(headers.stream(), Stream.of(line)).toList(), body);
  }

  RawRequest without(String header) {
    String begin = header + ":";
    return new RawRequest(method, target,
        headers.stream().filter(line -> !line.regionMatches(true, 0, begin, 0, begin.length())).toList(), body);
  }

  RawRequest at(String otherTarget) {
    return new RawRequest(method, otherTarget, headers, body);
  }

  RawRequest method(String other) {
    return new RawRequest(other, target, headers, body);
  }

  RawRequest body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  RawRequest body(byte[] bytes) {
    return new RawRequest(method, target, headers, bytes);
  }

  /** The same with one more parameter at the end of the form. */
  RawRequest and(String name, String value) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return body(new String(body, StandardCharsets.ISO_8859_1) + "&" + encoded);
  }

  /** With Content-Length, where there is a body. */
  byte[] bytes() {
    return joined(body.length == 0 && method.equals("GET") ? headers : with("Content-Length: " + body.length), body);
  }

  /** With the body in chunks of a size, RFC 9112 §7.1. */
  byte[] chunked(int chunkBytes) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += chunkBytes) {
      int length = Math.min(chunkBytes, body.length - from);
      chunks.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
      chunks.write(body, from, length);
      chunks.writeBytes(ascii("\r\n"));
    }
    chunks.writeBytes(ascii("0\r\n\r\n"));
    return joined(with("Transfer-Encoding: chunked"), chunks.toByteArray());
  }

  /** The head alone, as it is given. */
  byte[] head() {
    return joined(headers, NOTHING);
  }

  private List<String> with(String line) {
    List<String> lines = new ArrayList<>(headers);
    lines.add(line);
    return lines;
  }

  private byte[] joined(List<String> lines, byte[] rest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((method + " " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.UTF_8));
    lines.forEach(line -> bytes.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
    bytes.writeBytes(ascii("\r\n"));
    bytes.writeBytes(rest);
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
