package dev.mintlog.edge.http.login;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.DeviceAuthorizations;
import java.util.function.Consumer;

/** The step that endpoints on a user_code share: find the authorization it was given for. */
public final class UserCodeExchange {
  private final DeviceAuthorizations authorizations;

  public UserCodeExchange(DeviceAuthorizations authorizations) {
    this.authorizations = authorizations;
  }

  RequestFinder of(String userCode) {
    return (exchange, then) -> find(exchange, userCode, then);
  }

  void find(Exchange exchange, String userCode, Consumer<Authorization> then) {
    RequestFinder.goOn(
        exchange, authorizations.find(exchange.tenant(), userCode), then, UserCodeExchange::unknown);
  }

  static void unknown(Exchange exchange) {
    Responses.refusal(exchange,
        Refusal.of(TokenError.NOT_FOUND, "expected the user_code of a device authorization, but found none"));
  }
}
