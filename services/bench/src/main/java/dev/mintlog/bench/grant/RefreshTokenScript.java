package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.List;

/** RFC 6749 §6: every virtual user has one authorization and rotates its refresh token, each token by the one before. */
final class RefreshTokenScript implements GrantScript {

  private static final String REFRESH_TOKEN = "refresh_token";

  @Override
  public String grantType() {
    return REFRESH_TOKEN;
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    LoginApi api = demo.login();
    return new Script(
        List.of(
            api.access(),
            api.authorization(client.id(), "openid offline_access orders.read"),
            client.preparingToken("first token", AuthorizationCodeScript.redemption(), Capture.of(REFRESH_TOKEN))),
        List.of(client.token(FormFields.ofGrant(REFRESH_TOKEN).withValue(REFRESH_TOKEN), Capture.of(REFRESH_TOKEN))));
  }
}
