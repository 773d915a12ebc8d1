package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.List;

/** RFC 6749 §4.1 with PKCE: a consent and its code for each token; the redemption is the token that is measured. */
final class AuthorizationCodeScript implements GrantScript {

  private static final String AUTHORIZATION_CODE = "authorization_code";

  @Override
  public String grantType() {
    return AUTHORIZATION_CODE;
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    LoginApi api = demo.login();
    return new Script(
        List.of(api.access()),
        List.of(api.authorization(client.id(), "openid orders.read"), client.token(redemption())));
  }

  /** RFC 6749 §4.1.3 and RFC 7636 §4.5. */
  static FormFields redemption() {
    return FormFields.ofGrant(AUTHORIZATION_CODE).withValue("code").with("redirect_uri", LoginApi.REDIRECT_URI)
        .withValue(Pkce.VERIFIER);
  }
}
