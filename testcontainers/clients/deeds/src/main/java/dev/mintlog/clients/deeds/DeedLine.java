package dev.mintlog.clients.deeds;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values on one line, form-encoded. */
public final class DeedLine {
  /** Name of the member that says which deed is asked for. */
  public static final String DEED = "deed";
  /** Name of the member with what a client's user sees where a deed failed: the exception and its causes, one a line. */
  public static final String FAILURE = "failure";

  private DeedLine() {}

  public static String write(Map<String, String> members) {
    return members.entrySet().stream().map(member -> encode(member.getKey()) + "=" + encode(member.getValue()))
        .collect(Collectors.joining("&"));
  }

  public static Map<String, String> read(String line) {
    Map<String, String> members = new LinkedHashMap<>();
    for (String member : line.split("&")) {
      int equals = member.indexOf('=');
      if (equals > 0) {
        members.put(decode(member.substring(0, equals)), decode(member.substring(equals + 1)));
      }
    }
    return members;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
