package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Map;
import java.util.function.Supplier;

/** Writes RFC 6749 §5.2's error responses, as the profile of the tenant has them. */
public final class ErrorResponses {
  public static final String BASIC_CHALLENGE = "Basic realm=\"mintlog\", charset=\"UTF-8\"";

  private final Supplier<RegistrySnapshot> registry;
  private final Map<String, Integer> statuses;

  public ErrorResponses(Supplier<RegistrySnapshot> registry) {
    this(registry, Map.of());
  }

  private ErrorResponses(Supplier<RegistrySnapshot> registry, Map<String, Integer> statuses) {
    this.registry = registry;
    this.statuses = statuses;
  }

  /** The same with the statuses of OpenID CIBA Core §13: 401 for invalid_client, 403 for access_denied. */
  public ErrorResponses ofBackchannel() {
    return new ErrorResponses(registry,
        Map.of(TokenError.INVALID_CLIENT.code(), 401, TokenError.ACCESS_DENIED.code(), 403));
  }

  public void refused(Exchange exchange, Refusal refusal) {
    int status = statuses.getOrDefault(refusal.error(), refusal.status());
    AnswerProfile.Told told = AnswerProfile.of(registry.get(), exchange.tenant())
        .tell(refusal.withStatus(status), exchange.authorization().isPresent());
    if (told.challenges() && !exchange.isOver()) {
      exchange.response().putHeader(Responses.WWW_AUTHENTICATE, BASIC_CHALLENGE);
    }
    Responses.refusal(exchange, told.refusal());
  }
}
