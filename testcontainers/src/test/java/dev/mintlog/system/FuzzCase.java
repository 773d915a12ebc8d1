package dev.mintlog.system;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One made-up request.
 *
 * @param bytes what goes out
 * @param wellFormed whether its framing is HTTP, so that there must be an answer
 * @param head whether its answer has no body
 * @param secrets what is in it that must not show anywhere
 */
record FuzzCase(byte[] bytes, boolean wellFormed, boolean head, List<String> secrets) {
  private static final int SHOWN_CHARACTERS_MAX = 4_000;

  /** Whether it names another version of HTTP somewhere, which the HTTP server itself refuses. */
  boolean namesAnotherVersion() {
    return !wellFormed && !new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("HTTP/1\\.[01]\\r?\\n", "")
        .replaceAll("[^/\\d.\\n]", "").isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    for (byte b : bytes) {
      if (shown.length() > SHOWN_CHARACTERS_MAX) {
        return shown + " ... (" + bytes.length + " bytes)";
      }
      boolean plain = b >= ' ' && b <= '~' && b != '\\' || b == '\n';
      shown.append(plain ? Character.toString(b) : String.format("\\x%02x", b));
    }
    return shown.toString();
  }
}
