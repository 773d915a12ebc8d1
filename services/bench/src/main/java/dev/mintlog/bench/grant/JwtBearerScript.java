package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.Map;

/** RFC 7523 §2.1: an assertion of the client's own, new for each request; nothing else proves the client. */
final class JwtBearerScript implements GrantScript {

  @Override
  public String grantType() {
    return "urn:ietf:params:oauth:grant-type:jwt-bearer";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    SignedAssertions assertions = new SignedAssertions("assertion", demo.assertionKey(), client);
    LoadedClient unproved = new LoadedClient(client.id(), client.tokenEndpoint(), Map.of(), client.moreForm());
    return Script.repeating(
        unproved.token(FormFields.ofGrant(grantType()).withValue("assertion"), assertions::makeFor));
  }
}
