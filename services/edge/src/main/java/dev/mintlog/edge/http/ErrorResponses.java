package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.surface.Surface;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Map;
import java.util.function.Supplier;

/** Writes RFC 6749 §5.2's error responses, as the profile of the tenant has them. */
public final class ErrorResponses {
  private static final String BASIC_CHALLENGE = "Basic realm=\"mintlog\", charset=\"UTF-8\"";

  private final Supplier<RegistrySnapshot> registry;
  private final Map<String, Integer> statuses;
  private final Surface surface;

  public ErrorResponses(Supplier<RegistrySnapshot> registry) {
    this(registry, Map.of(), Surface.PLAIN);
  }

  private ErrorResponses(Supplier<RegistrySnapshot> registry, Map<String, Integer> statuses, Surface surface) {
    this.registry = registry;
    this.statuses = statuses;
    this.surface = surface;
  }

  /** The same as the clients of a surface read them. */
  public ErrorResponses of(Surface other) {
    return new ErrorResponses(registry, statuses, other);
  }

  /** The same with the statuses of OpenID CIBA Core §13: 401 for invalid_client, 403 for access_denied. */
  public ErrorResponses ofBackchannel() {
    return new ErrorResponses(registry,
        Map.of(TokenError.INVALID_CLIENT.code(), 401, TokenError.ACCESS_DENIED.code(), 403), surface);
  }

  /**
   * A challenge that says why: client libraries that find one show it to their user in place of the body. The characters of
   * an error_description need no quoting.
   */
  public static String basicChallenge(Refusal refusal) {
    return BASIC_CHALLENGE + ", error=\"" + refusal.error() + "\", error_description=\"" + refusal.description() + "\"";
  }

  /** The endpoint's own statuses are the same in every profile. */
  public void refused(Exchange exchange, Refusal refusal) {
    Refusal told = AnswerProfile.of(registry.get(), exchange.tenant())
        .tell(refusal, exchange.authorization().isPresent());
    int status = statuses.getOrDefault(told.error(), told.status());
    // RFC 9110 §15.5.2: "The server generating a 401 response MUST send a WWW-Authenticate header field".
    if (status == 401 && !exchange.isOver()) {
      exchange.response().putHeader(Responses.WWW_AUTHENTICATE, basicChallenge(told));
    }
    Responses.refusal(exchange, status, told, body(exchange, told));
  }

  private String body(Exchange exchange, Refusal refusal) {
    return surface.isEntraStyle() ? EntraErrors.body(exchange, refusal) : Responses.body(refusal);
  }
}
