package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.FormParser;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the form of a request, from its body or its query string. */
public final class FormBody {
  private static final String FORM = "application/x-www-form-urlencoded";

  private FormBody() {}

  /** RFC 6749 §3.2: parameters are sent "using the application/x-www-form-urlencoded format in the request body". */
  public static void read(Exchange exchange, Consumer<Checked<Form>> then) {
    read(exchange, 400, then);
  }

  /** As {@link #read}, with the status that HTTP has for another content type, RFC 9110 §15.5.16. */
  public static void readNothingElse(Exchange exchange, Consumer<Checked<Form>> then) {
    read(exchange, 415, then);
  }

  private static void read(Exchange exchange, int otherTypeStatus, Consumer<Checked<Form>> then) {
    String contentType = exchange.request().headers().get(HttpHeaders.CONTENT_TYPE);
    if (contentType == null || !isForm(contentType)) {
      then.accept(Checked.refused(Refusal.http(otherTypeStatus, "expected the content type " + FORM + ", but found "
          + (contentType == null ? "none" : "another"))));
      return;
    }
    BodyReader.read(exchange, body -> then.accept(body.then(FormParser::parse)));
  }

  /** As {@link #read}, for an endpoint whose clients in the field leave the content type out. */
  public static void readUntyped(Exchange exchange, Consumer<Checked<Form>> then) {
    if (exchange.request().headers().contains(HttpHeaders.CONTENT_TYPE)) {
      read(exchange, then);
    } else {
      BodyReader.read(exchange, body -> then.accept(body.then(FormParser::parse)));
    }
  }

  public static Checked<Form> ofQuery(Exchange exchange) {
    String query = exchange.request().query();
    return query == null
        ? Checked.accepted(Form.EMPTY)
        : FormParser.parse(query.getBytes(StandardCharsets.UTF_8));
  }

  /** @param repeatable parameters that may stand more than once; no other may */
  public static Checked<Form> ofQuery(Exchange exchange, Set<String> repeatable) {
    String query = exchange.request().query();
    return query == null
        ? Checked.accepted(Form.EMPTY)
        : FormParser.parse(query.getBytes(StandardCharsets.UTF_8), repeatable);
  }

  // A charset parameter says nothing: RFC 6749 Appendix B has the form in UTF-8, and it is read so.
  private static boolean isForm(String contentType) {
    if (!contentType.regionMatches(true, 0, FORM, 0, FORM.length())) {
      return false;
    }
    if (contentType.length() == FORM.length()) {
      return true;
    }
    char next = contentType.charAt(FORM.length());
    return next == ';' || next == ' ' || next == '\t';
  }
}
