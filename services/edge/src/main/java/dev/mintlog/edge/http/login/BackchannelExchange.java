package dev.mintlog.edge.http.login;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.StoredAuthorizations;
import java.util.function.Consumer;

/**
 * The step that endpoints on a backchannel authentication share: find it by the id that its event in the audit has. It
 * is no secret, and no client knows it.
 */
public final class BackchannelExchange {
  private final StoredAuthorizations authorizations;

  public BackchannelExchange(StoredAuthorizations authorizations) {
    this.authorizations = authorizations;
  }

  RequestFinder of(String id) {
    return (exchange, then) -> find(exchange, id, then);
  }

  private void find(Exchange exchange, String text, Consumer<Authorization> then) {
    if (!AuthorizationId.isWellFormed(text)) {
      unknown(exchange);
      return;
    }
    RequestFinder.goOn(exchange, authorizations.find(new AuthorizationId(exchange.tenant(), text)), then,
        BackchannelExchange::unknown);
  }

  static void unknown(Exchange exchange) {
    Responses.refusal(exchange, Refusal.of(TokenError.NOT_FOUND,
        "expected the id of a backchannel authentication, but found none"));
  }
}
