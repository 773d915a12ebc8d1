package dev.mintlog.bench.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.Map;

/** A POST whose path, headers and body have places for values that a virtual user learns on its way. */
public final class RequestTemplate implements Request {

  private final Text head;
  private final Text body;

  private RequestTemplate(Text head, Text body) {
    this.head = head;
    this.body = body;
  }

  /** Encodes names and values of a form body and of a path's segments. */
  public static String formEncoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Encodes what stands within the quotes of a JSON string (RFC 8259 §7). */
  public static String jsonEncoded(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  /** @param form values by {@link #formEncoded} */
  public static RequestTemplate form(Target target, Text path, Map<String, Text> headers, Map<String, Text> form) {
    Text body = Text.plain();
    String separator = "";
    for (Map.Entry<String, Text> parameter : form.entrySet()) {
      body.literal(separator + formEncoded(parameter.getKey()) + "=").text(parameter.getValue());
      separator = "&";
    }
    return new RequestTemplate(head(target, path, "application/x-www-form-urlencoded", headers), body);
  }

  /** @param members strings, by {@link #jsonEncoded} */
  public static RequestTemplate json(Target target, Text path, Map<String, Text> headers, Map<String, Text> members) {
    Text body = Text.plain();
    String separator = "{";
    for (Map.Entry<String, Text> member : members.entrySet()) {
      body.literal(separator + '"' + jsonEncoded(member.getKey()) + "\":\"").text(member.getValue()).literal("\"");
      separator = ",";
    }
    return new RequestTemplate(head(target, path, "application/json", headers), body.literal("}"));
  }

  private static Text head(Target target, Text path, String contentType, Map<String, Text> headers) {
    Text head = Text.plain().literal("POST ").text(path).literal(" HTTP/1.1\r\nHost: " + target.authority()
        + "\r\nContent-Type: " + contentType + "\r\n");
    headers.forEach((name, value) -> head.literal(name + ": ").text(value).literal("\r\n"));
    return head.literal("Content-Length: ");
  }

  @Override
  public Outgoing newOutgoing() {
    return values -> {
      byte[] bodyBytes = body.with(values).getBytes(UTF_8);
      byte[] headBytes = (head.with(values) + bodyBytes.length + "\r\n\r\n").getBytes(UTF_8);
      return ByteBuffer.allocate(headBytes.length + bodyBytes.length).put(headBytes).put(bodyBytes).flip();
    };
  }

  @Override
  public String toString() {
    return "RequestTemplate[head " + head + ", body " + body + "]";
  }
}
