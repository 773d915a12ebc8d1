package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.AuthorizationLookup;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Finds the request that a path names. */
interface RequestFinder {

  /** @param then called with it; where there is none, or none can be read, the exchange is answered here */
  void find(Exchange exchange, Consumer<Authorization> then);

  /**
   * Goes on with what a lookup found, on the exchange's own loop.
   *
   * @param unknown answers where there is none
   */
  static void goOn(Exchange exchange, CompletionStage<AuthorizationLookup> lookup, Consumer<Authorization> then,
      Consumer<Exchange> unknown) {
    Consumer<AuthorizationLookup> step = exchange.later(done -> done.match(
        found -> then.accept(found.authorization()),
        none -> unknown.accept(exchange),
        notReadable -> Responses.refusal(exchange, Refusal.tryAgain(notReadable.why()))));
    lookup.thenAcceptAsync(step, exchange.loop());
  }
}
