package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** What is served on a path. */
public interface Endpoint {

  /** The methods it has; others get 405 and these in {@code Allow}. */
  Set<HttpMethod> methods();

  /** Which web pages may read its answers. */
  default CrossOrigin crossOrigin() {
    return CrossOrigin.NONE;
  }

  /** Answers what was refused before {@link #handle}. */
  default void refuse(Exchange exchange, Refusal refusal) {
    Responses.refusal(exchange, refusal);
  }

  /** Answers, now or later, exactly once. */
  void handle(Exchange exchange);
}
