package dev.mintlog.clients.powershell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which PowerShell a cmdlet runs in: each writes the same hashtable in other bytes. */
public enum PowerShell {
  WINDOWS_5_1("Windows PowerShell 5.1", "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.5072",
      "%%%02x", "\r\n", "    ", ":  "),
  CORE_7_ON_WINDOWS("PowerShell 7 on Windows",
      "Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.6", "%%%02X", "\r\n", "  ", ": "),
  CORE_7_ON_LINUX("PowerShell 7 on Linux", "Mozilla/5.0 (Linux; Debian GNU/Linux 12 (bookworm); en-US) PowerShell/7.4.6",
      "%%%02X", "\n", "  ", ": ");

  private static final String UNRESERVED = "-_.";
  // What RFC 2396 calls marks and RFC 3986 reserves.
  private static final String MARKS = "!*()";

  private final String text;
  private final String userAgent;
  private final String escape;
  private final String newLine;
  private final String indent;
  private final String colon;

  PowerShell(String text, String userAgent, String escape, String newLine, String indent, String colon) {
    this.text = text;
    this.userAgent = userAgent;
    this.escape = escape;
    this.newLine = newLine;
    this.indent = indent;
    this.colon = colon;
  }

  /** {@code FormatDictionary} of {@code Invoke-RestMethod}: names and values as {@link #urlEncode} has them. */
  String formatDictionary(List<Map.Entry<String, String>> hashtable) {
    return hashtable.stream().map(entry -> urlEncode(entry.getKey()) + "=" + urlEncode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** {@code WebUtility.UrlEncode} of .NET, {@code HttpUtility.UrlEncode} of .NET Framework with its lower-case digits. */
  String urlEncode(String value) {
    return encoded(value, UNRESERVED + MARKS, escape).replace("%20", "+");
  }

  /** {@code [Uri]::EscapeDataString}: in .NET of all that RFC 3986 reserves, in .NET Framework not of the marks. */
  String escapeDataString(String value) {
    return encoded(value, UNRESERVED + "~" + (this == WINDOWS_5_1 ? MARKS + "'" : ""), "%%%02X");
  }

  /** {@code HttpUtility.UrlEncode}, which writes lower-case digits everywhere. */
  String httpUtilityUrlEncode(String value) {
    return encoded(value, UNRESERVED + MARKS, "%%%02x").replace("%20", "+");
  }

  /** {@code ConvertTo-Json}: over several lines, in this PowerShell's form and with its escapes. */
  String convertToJson(List<? extends Map.Entry<String, ?>> hashtable) {
    return hashtable.stream().map(entry -> indent + quoted(entry.getKey()) + colon
            + (entry.getValue() instanceof Number ? entry.getValue().toString() : quoted(entry.getValue().toString())))
        .collect(Collectors.joining("," + newLine, "{" + newLine, newLine + "}"));
  }

  /**
   * The lines of a request's head as they go out, in order.
   *
   * @param more those of the caller's headers that have no place of their own
   * @param bodyBytes zero for a request without body
   */
  List<String> head(String authority, Optional<String> userAgentOfCall, Optional<String> contentType, List<String> more,
      int bodyBytes) {
    List<String> lines = new ArrayList<>();
    String agent = "User-Agent: " + userAgentOfCall.orElse(userAgent);
    if (this == WINDOWS_5_1) {
      lines.addAll(more);
      lines.add(agent);
      contentType.ifPresent(type -> lines.add("Content-Type: " + type));
      lines.add("Host: " + authority);
      if (bodyBytes > 0) {
        lines.addAll(List.of("Content-Length: " + bodyBytes, "Expect: 100-continue"));
      }
      lines.add("Connection: Keep-Alive");
    } else {
      lines.add("Host: " + authority);
      lines.addAll(more);
      lines.addAll(List.of(agent, "Accept-Encoding: gzip, deflate, br"));
      contentType.ifPresent(type -> lines.add("Content-Type: " + type));
      if (bodyBytes > 0) {
        lines.add("Content-Length: " + bodyBytes);
      }
    }
    return lines;
  }

  private static String encoded(String value, String unescaped, String escape) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isAlphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      encoded.append(isAlphanumeric || unescaped.indexOf(c) >= 0 ? String.valueOf(c) : escape.formatted((int) c));
    }
    return encoded.toString();
  }

  private String quoted(String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    if (this == WINDOWS_5_1) {
      // JavaScriptSerializer of .NET Framework: as if it went into a page.
      for (char c : new char[] {'&', '\'', '<', '>'}) {
        escaped = escaped.replace(String.valueOf(c), "\\u%04x".formatted((int) c));
      }
    }
    return '"' + escaped + '"';
  }

  @Override
  public String toString() {
    return text;
  }
}
