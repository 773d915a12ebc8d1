package dev.mintlog.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One TCP connection to an edge, spoken to in bytes. Reads are bounded: an edge that keeps silent fails the test. */
final class RawConnection implements AutoCloseable {
  private static final int CONNECT_MS_MAX = 5_000;
  private static final int ANSWER_MS_MAX = 20_000;
  // A server answers in the protocol that it was spoken to in, even where there is none of that name.
  private static final Pattern STATUS_LINE = Pattern.compile("\\S+/\\d+\\.\\d+ (\\d{3})( .*)?", Pattern.DOTALL);
  private static final int LINE_BYTES_MAX = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static RawConnection to(URI edge) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(edge.getHost(), edge.getPort()), CONNECT_MS_MAX);
      socket.setSoTimeout(ANSWER_MS_MAX);
      socket.setTcpNoDelay(true);
      return new RawConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request on a connection of its own. */
  static RawAnswer exchange(URI edge, RawRequest request) {
    try (RawConnection connection = to(edge)) {
      return connection.exchange(request);
    }
  }

  RawAnswer exchange(RawRequest request) {
    return exchange(request.bytes(), request.method().equals("HEAD"));
  }

  RawAnswer exchange(byte[] request) {
    return exchange(request, false);
  }

  private RawAnswer exchange(byte[] request, boolean head) {
    send(request);
    return read(head).orElseThrow(() -> new AssertionError("expected an answer, but the connection was closed"));
  }

  /** Writes for as long as somebody listens: who is refused early may have closed already. */
  RawConnection send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      // What was answered before is still to be read.
    }
    return this;
  }

  /** Says that nothing more will be sent. */
  RawConnection endOfInput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // It was closed from the other side.
    }
    return this;
  }

  /**
   * The next answer, interim ones left out; empty where the connection ends instead.
   *
   * @param head whether it answers HEAD, and so has no body
   */
  Optional<RawAnswer> read(boolean head) {
    try {
      RawAnswer answer;
      do {
        String statusLine = line();
        if (statusLine == null) {
          return Optional.empty();
        }
        answer = answer(statusLine, head);
      } while (answer.status() < 200);
      return Optional.of(answer);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected an answer or the end of the connection within " + ANSWER_MS_MAX + " ms", e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The status of the next answer, also of an interim one, whose head is read. */
  int readInterim() {
    try {
      return answer(line(), true).status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server ends the connection, without another byte. */
  boolean ends() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private RawAnswer answer(String statusLine, boolean head) throws IOException {
    Matcher read = STATUS_LINE.matcher(statusLine);
    if (!read.matches()) {
      throw new AssertionError("expected a status line, but found: " + statusLine);
    }
    int status = Integer.parseInt(read.group(1));
    Map<String, List<String>> headers = headers();
    boolean bodiless = head || status < 200 || status == 204 || status == 304;
    return new RawAnswer(status, headers, bodiless ? new byte[0] : body(headers));
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    List<String> length = headers.getOrDefault("content-length", List.of());
    if (length.size() != 1) {
      throw new AssertionError("expected one Content-Length, but found: " + headers);
    }
    return in.readNBytes(Integer.parseInt(length.get(0)));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
      }
      if (line.size() > LINE_BYTES_MAX) {
        throw new AssertionError("expected a line of an HTTP head, but found more than " + LINE_BYTES_MAX + " bytes");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It was closed from the other side.
    }
  }
}
