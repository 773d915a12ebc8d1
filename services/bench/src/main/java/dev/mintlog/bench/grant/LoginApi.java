package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.RequestTemplate;
import dev.mintlog.bench.script.Step;
import dev.mintlog.bench.script.Target;
import dev.mintlog.bench.script.Text;
import dev.mintlog.bench.script.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The requests of a login application, which has authenticated the demo user and knows what they agreed to.
 *
 * @param target the API's address, with the tenant's path where there is one
 * @param application its own client, which gets an access token for the API
 */
public record LoginApi(Target target, LoadedClient application) {

  /** The demo user. */
  static final String SUBJECT = "248289761001";
  /** Registered for the demo clients; nothing listens there. */
  static final String REDIRECT_URI = "http://127.0.0.1:3000/callback";
  /** The value that names a backchannel authentication. */
  static final String REQUEST_ID = "request_id";

  private static final String ACCESS_TOKEN = "login_access_token";

  /** An access token for the API; every other step needs it. */
  Step access() {
    return application.preparingToken("login access",
        FormFields.ofGrant("client_credentials").with("scope", "mintlog.login"), Capture.of("access_token", ACCESS_TOKEN));
  }

  /** Records a consent and captures the {@code code} for it; a code verifier is made for each. */
  Step authorization(String clientId, String scope) {
    Map<String, Text> members = new LinkedHashMap<>();
    members.put("client_id", json().literal(clientId));
    members.put("subject", json().literal(SUBJECT));
    members.put("scope", json().literal(scope));
    members.put("redirect_uri", json().literal(REDIRECT_URI));
    members.put("code_challenge", json().value(Pkce.CHALLENGE));
    members.put("code_challenge_method", json().literal("S256"));
    Pkce pkce = new Pkce();
    return new Step("authorization", target, pkce::makeFor,
        RequestTemplate.json(target, path("/login/authorizations"), bearer(), members), List.of(Capture.of("code")),
        false);
  }

  /** Approves the device authorization whose {@code user_code} the virtual user has. */
  Step deviceApproval() {
    return approval("/login/device-authorizations/", "user_code", values -> { });
  }

  /** Approves the backchannel authentication whose id the virtual user has as {@link #REQUEST_ID}. */
  Step backchannelApproval(Consumer<Values> before) {
    return approval("/login/backchannel-authentications/", REQUEST_ID, before);
  }

  private Step approval(String requests, String idValue, Consumer<Values> before) {
    Text path = path(requests).text(Text.encodedBy(RequestTemplate::formEncoded).value(idValue)).literal("/approval");
    return new Step("approval", target, before,
        RequestTemplate.json(target, path, bearer(), Map.of("subject", json().literal(SUBJECT))), List.of(), false);
  }

  private Text path(String path) {
    return Text.plain().literal((target.path().equals("/") ? "" : target.path()) + path);
  }

  private static Map<String, Text> bearer() {
    return Map.of("Authorization", Text.plain().literal("Bearer ").value(ACCESS_TOKEN));
  }

  private static Text json() {
    return Text.encodedBy(RequestTemplate::jsonEncoded);
  }
}
