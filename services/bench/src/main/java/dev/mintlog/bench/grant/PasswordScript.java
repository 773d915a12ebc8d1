package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;

/** RFC 6749 §4.3: every request has the demo user's password, and every one of them has it verified. */
final class PasswordScript implements GrantScript {

  @Override
  public String grantType() {
    return "password";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    DemoFile.DemoUser user = demo.user();
    return Script.repeating(client.token(FormFields.ofGrant(grantType()).with("scope", "openid orders.read")
        .with("username", user.username()).with("password", user.password())));
  }
}
