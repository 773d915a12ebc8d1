package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.command.GrantCommand;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes the token endpoint's answers. The raw refresh handle exists here and in the client's hand, nowhere else. */
final class TokenResponses {
  static final String BASIC_CHALLENGE = "Basic realm=\"mintlog\", charset=\"UTF-8\"";
  private static final int REST_CHARACTERS = 256;

  private final Supplier<RegistrySnapshot> registry;
  private final Handles handles;
  private final Map<String, Integer> statuses;

  TokenResponses(Supplier<RegistrySnapshot> registry, Handles handles) {
    this(registry, handles, Map.of());
  }

  private TokenResponses(Supplier<RegistrySnapshot> registry, Handles handles, Map<String, Integer> statuses) {
    this.registry = registry;
    this.handles = handles;
    this.statuses = statuses;
  }

  /** The same with the statuses of OpenID CIBA Core §13: 401 for invalid_client, 403 for access_denied. */
  TokenResponses ofBackchannel() {
    return new TokenResponses(registry, handles,
        Map.of(TokenError.INVALID_CLIENT.code(), 401, TokenError.ACCESS_DENIED.code(), 403));
  }

  /**
   * RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3.
   *
   * @param grant what was asked; has the secret of the handle that was presented where a refresh handle goes with the tokens
   */
  void granted(Exchange exchange, Reply.Granted granted, GrantCommand grant) {
    int size = granted.accessToken().length() + granted.idToken().map(String::length).orElse(0) + REST_CHARACTERS;
    JsonText json = new JsonText(size)
        .plainMember("access_token", accessToken(exchange, granted, grant))
        .plainMember("token_type", tokenType(exchange))
        .member("expires_in", granted.expiresInSeconds())
        .member("scope", granted.scope());
    if (granted.refreshGeneration().isPresent()) {
      json.plainMember("refresh_token", handles.write(exchange.tenant(), grant.secret().orElseThrow(),
          HandleKind.REFRESH_TOKEN, granted.refreshGeneration().getAsInt()));
    }
    granted.idToken().ifPresent(idToken -> json.plainMember("id_token", idToken));
    // RFC 9396 §7: "the AS MUST also return the authorization_details as granted by the resource owner".
    granted.authorizationDetails().ifPresent(details -> json.jsonMember("authorization_details", details));
    // RFC 8693 §2.2.1: "REQUIRED. An identifier […] for the representation of the issued security token."
    grant.issuedTokenType().ifPresent(type -> json.plainMember("issued_token_type", type));
    Responses.json(exchange, 200, json.end());
  }

  private String accessToken(Exchange exchange, Reply.Granted granted, GrantCommand grant) {
    return granted.accessTokenNumber().isEmpty()
        ? granted.accessToken()
        : handles.write(exchange.tenant(), grant.secret().orElseThrow(), HandleKind.ACCESS_TOKEN,
            granted.accessTokenNumber().getAsInt());
  }

  // RFC 9449 §5: "A token_type of DPoP MUST be included in the access token response to signal to the client that the
  // access token was bound to its DPoP key".
  private static String tokenType(Exchange exchange) {
    return exchange.confirmation().filter(key -> key.method() == Confirmation.Method.JKT).isPresent()
        ? "DPoP" : "Bearer";
  }

  /** RFC 6749 §5.2, as the tenant's profile has it; the endpoint's own statuses are the same in every profile. */
  void refused(Exchange exchange, Refusal refusal) {
    Refusal told = AnswerProfile.of(registry.get(), exchange.tenant())
        .tell(refusal, exchange.authorization().isPresent());
    int status = statuses.getOrDefault(told.error(), told.status());
    // RFC 9110 §15.5.2: "The server generating a 401 response MUST send a WWW-Authenticate header field".
    if (status == 401) {
      Responses.challenged(exchange, BASIC_CHALLENGE, told);
    } else {
      Responses.refusal(exchange, status, told);
    }
  }
}
