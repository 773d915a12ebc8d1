package dev.mintlog.edge.http.token;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.command.grant.GrantCommand;
import dev.mintlog.edge.command.grant.GrantRequest;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.surface.Asked;
import dev.mintlog.edge.surface.Surface;

/** Writes the tokens that were granted. The raw refresh handle exists here and in the client's hand, nowhere else. */
public final class TokenResponses {
  private static final int REST_CHARACTERS = 256;

  private final Handles handles;
  private final AnswerForm form;

  /** @param surface whose clients read them */
  public TokenResponses(Handles handles, Surface surface) {
    this.handles = handles;
    this.form = AnswerForm.of(surface);
  }

  /**
   * RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3.
   *
   * @param request who asks, and how
   * @param grant what was sent; has the secret of the handle that was presented where a refresh handle goes with the tokens
   * @param asked what the client asked for
   */
  void granted(Exchange exchange, GrantRequest request, Reply.Granted granted, GrantCommand grant, Asked asked) {
    int size = granted.accessToken().length() + granted.idToken().map(String::length).orElse(0) + REST_CHARACTERS;
    JsonText json = new JsonText(size)
        .plainMember("access_token", accessToken(exchange, granted, grant))
        .plainMember("token_type", tokenType(exchange));
    form.lifetime(json, granted.expiresInSeconds(), exchange.arrivedAt());
    json.member("scope", asked.scopeOfAnswer(granted.scope()));
    form.asked(json, asked);
    form.clientInfo(json, request, granted);
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
}
