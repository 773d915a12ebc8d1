package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Refusal;
import java.util.Optional;

/** Refuses a request that is to carry a bearer access token, RFC 6750 §3. */
public final class BearerChallenge {
  /** The challenge that says nothing but the scheme. */
  public static final String REALM = "Bearer realm=\"mintlog\"";

  private BearerChallenge() {}

  /**
   * RFC 6750 §3: "the resource server MUST include the HTTP "WWW-Authenticate" response header field". §3.1: "If the
   * request lacks any authentication information […], the resource server SHOULD NOT include an error code or other error
   * information" in it.
   *
   * @param scope what the token lacks, where that is why
   */
  public static void refuse(Exchange exchange, Refusal refusal, boolean tokenCame, Optional<String> scope) {
    if (!exchange.isOver()) {
      String challenge = REALM;
      if (tokenCame) {
        challenge += ", error=\"" + refusal.error() + "\", error_description=\"" + refusal.description() + "\""
            + scope.map(wanted -> ", scope=\"" + wanted + "\"").orElse("");
      }
      exchange.response().putHeader(Responses.WWW_AUTHENTICATE, challenge);
    }
    Responses.refusal(exchange, refusal);
  }
}
