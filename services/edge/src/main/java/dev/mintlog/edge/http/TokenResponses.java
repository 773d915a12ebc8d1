package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Refusal;
import java.util.Optional;

/** Writes the token endpoint's answers. The raw refresh handle exists here and in the client's hand, nowhere else. */
final class TokenResponses {
  private static final String BASIC_CHALLENGE = "Basic realm=\"mintlog\", charset=\"UTF-8\"";
  private static final int REST_CHARACTERS = 256;

  private final Handles handles;

  TokenResponses(Handles handles) {
    this.handles = handles;
  }

  /**
   * RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3.
   *
   * @param secret of the handle that was presented; needed where a refresh handle goes with the tokens
   */
  void granted(Exchange exchange, Reply.Granted granted, Optional<HandleSecret> secret) {
    int size = granted.accessToken().length() + granted.idToken().map(String::length).orElse(0) + REST_CHARACTERS;
    JsonText json = new JsonText(size)
        .plainMember("access_token", granted.accessToken())
        .plainMember("token_type", "Bearer")
        .member("expires_in", granted.expiresInSeconds())
        .member("scope", granted.scope());
    if (granted.refreshGeneration().isPresent()) {
      json.plainMember("refresh_token", handles.write(exchange.tenant(), secret.orElseThrow(),
          HandleKind.REFRESH_TOKEN, granted.refreshGeneration().getAsInt()));
    }
    granted.idToken().ifPresent(idToken -> json.plainMember("id_token", idToken));
    Responses.json(exchange, 200, json.end());
  }

  /**
   * RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header field, the
   * authorization server MUST respond with an HTTP 401 (Unauthorized) status code and include the "WWW-Authenticate"
   * response header field matching the authentication scheme used by the client."
   */
  void refused(Exchange exchange, Refusal refusal) {
    boolean challenge = refusal.error().equals(TokenError.INVALID_CLIENT.code())
        && exchange.authorization().isPresent();
    if (challenge && !exchange.isOver()) {
      exchange.response().putHeader(Responses.WWW_AUTHENTICATE, BASIC_CHALLENGE);
    }
    Responses.refusal(exchange, challenge ? 401 : refusal.status(), refusal);
  }
}
