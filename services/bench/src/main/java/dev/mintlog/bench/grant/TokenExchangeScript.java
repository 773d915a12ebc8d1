package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.List;

/** RFC 8693: every virtual user has one access token and exchanges it for another, again and again. */
final class TokenExchangeScript implements GrantScript {

  private static final String SUBJECT_TOKEN = "subject_token";

  @Override
  public String grantType() {
    return "urn:ietf:params:oauth:grant-type:token-exchange";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    LoginApi api = demo.login();
    return new Script(
        List.of(
            api.access(),
            api.authorization(client.id(), "openid orders.read"),
            client.preparingToken("subject token", AuthorizationCodeScript.redemption(),
                Capture.of("access_token", SUBJECT_TOKEN))),
        List.of(client.token(FormFields.ofGrant(grantType()).with("scope", "orders.read").withValue(SUBJECT_TOKEN)
            .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"))));
  }
}
