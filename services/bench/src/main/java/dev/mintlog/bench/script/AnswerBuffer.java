package dev.mintlog.bench.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Collects one HTTP/1.1 answer and understands just enough of it: the status, where it ends, whether the connection
 * goes on, whether it carries a token. Understanding more would cost the CPU that is being measured.
 */
public final class AnswerBuffer {

  public enum Progress { MORE, COMPLETE, UNREADABLE }

  static final int MAX_ANSWER_BYTES = 32 * 1024;

  private static final byte[] LINE_END = "\r\n".getBytes(UTF_8);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(UTF_8);
  private static final byte[] VERSION = "http/1.1 ".getBytes(UTF_8);
  private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(UTF_8);
  private static final byte[] CONNECTION_CLOSE = "connection: close".getBytes(UTF_8);
  private static final byte[] ACCESS_TOKEN = "\"access_token\"".getBytes(UTF_8);

  private final byte[] bytes = new byte[MAX_ANSWER_BYTES];
  private final ByteBuffer free = ByteBuffer.wrap(bytes);
  private int bodyAt;
  private int end;
  private int status;
  private boolean closes;

  /** Where the next bytes of the answer are to be put. */
  public ByteBuffer free() {
    return free;
  }

  public void clear() {
    free.clear();
    bodyAt = 0;
  }

  /** Looks at what has arrived; everything below is meaningful once this says COMPLETE. */
  public Progress progress() {
    if (bodyAt == 0) {
      int headEnd = indexOf(HEAD_END, 0, free.position());
      if (headEnd < 0) {
        return free.hasRemaining() ? Progress.MORE : Progress.UNREADABLE;
      }
      bodyAt = headEnd + HEAD_END.length;
      if (!readHead(headEnd + 2)) {
        return Progress.UNREADABLE;
      }
    }
    if (free.position() == end) {
      return Progress.COMPLETE;
    }
    // More bytes than announced would be taken for the next answer: the connection cannot be trusted any more.
    return free.position() < end ? Progress.MORE : Progress.UNREADABLE;
  }

  public int status() {
    return status;
  }

  /** Whether the server announced that it closes the connection after this answer (RFC 9112 §9.6). */
  public boolean closes() {
    return closes;
  }

  public boolean isToken() {
    return status == 200 && indexOf(ACCESS_TOKEN, bodyAt, end) >= 0;
  }

  /** What a later request needs of it. */
  public Optional<String> find(Capture capture) {
    return capture.find(bytes, bodyAt, end);
  }

  public String body() {
    return new String(bytes, bodyAt, end - bodyAt, UTF_8);
  }

  /** False where the answer's end cannot be known: not HTTP/1.1, no Content-Length (chunked included), too long. */
  private boolean readHead(int headEnd) {
    closes = false;
    end = -1;
    if (!startsWith(VERSION, 0)) {
      return false;
    }
    status = number(VERSION.length, VERSION.length + 3);
    int line = indexOf(LINE_END, 0, headEnd) + LINE_END.length;
    while (line < headEnd) {
      int lineEnd = indexOf(LINE_END, line, headEnd);
      if (startsWith(CONTENT_LENGTH, line)) {
        int length = number(line + CONTENT_LENGTH.length, lineEnd);
        end = length < 0 || length > MAX_ANSWER_BYTES - bodyAt ? -1 : bodyAt + length;
      } else if (startsWith(CONNECTION_CLOSE, line)) {
        closes = true;
      }
      line = lineEnd + LINE_END.length;
    }
    return status >= 100 && end >= 0;
  }

  private int indexOf(byte[] wanted, int from, int to) {
    for (int at = from; at <= to - wanted.length; at++) {
      if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Compares letters without regard to case; {@code wanted} is lower case. */
  private boolean startsWith(byte[] wanted, int from) {
    for (int at = 0; at < wanted.length; at++) {
      int found = bytes[from + at];
      if ((found >= 'A' && found <= 'Z' ? found + 32 : found) != wanted[at]) {
        return false;
      }
    }
    return true;
  }

  /** The decimal number between two places, spaces around it allowed; -1 where there is none below a million. */
  private int number(int from, int to) {
    int value = -1;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9 && value < 100_000) {
        value = Math.max(value, 0) * 10 + digit;
      } else if (bytes[at] != ' ') {
        return -1;
      }
    }
    return value;
  }
}
