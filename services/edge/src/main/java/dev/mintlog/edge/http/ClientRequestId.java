package dev.mintlog.edge.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a client of Entra ID gives its request, to find it again in logs: a GUID in a header. MSAL for Node sends it
 * in the query string. What is none is not repeated.
 */
public final class ClientRequestId {
  private static final String NAME = "client-request-id";
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private ClientRequestId() {}

  static Optional<String> of(Exchange exchange) {
    return Optional.ofNullable(exchange.request().headers().get(NAME))
        .or(() -> FormBody.ofQuery(exchange).match(form -> form.find(NAME), refusal -> Optional.empty()))
        .filter(text -> GUID.matcher(text).matches());
  }

  /** Repeats it in the response, where the client asks for that. */
  public static void echo(Exchange exchange) {
    if ("true".equalsIgnoreCase(exchange.request().headers().get("return-client-request-id"))) {
      of(exchange).ifPresent(id -> exchange.response().putHeader(NAME, id));
    }
  }
}
