package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.List;

/**
 * RFC 8628: a device authorization for each token, approved before the device polls for the first time, so that its one
 * poll gets the token and no interval is waited for.
 */
final class DeviceCodeScript implements GrantScript {

  private static final String DEVICE_CODE = "device_code";

  @Override
  public String grantType() {
    return "urn:ietf:params:oauth:grant-type:device_code";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    LoginApi api = demo.login();
    return new Script(
        List.of(api.access()),
        List.of(
            client.beside("device authorization", "/connect/deviceauthorization",
                new FormFields().with("scope", "openid orders.read"), Capture.of(DEVICE_CODE), Capture.of("user_code")),
            api.deviceApproval(),
            client.token(FormFields.ofGrant(grantType()).withValue(DEVICE_CODE))));
  }
}
