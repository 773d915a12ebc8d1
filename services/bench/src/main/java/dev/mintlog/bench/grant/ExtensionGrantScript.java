package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;

/**
 * RFC 6749 §4.5: a grant of an extension. Its credential is the operator's to give, as further parameters of the token
 * request.
 *
 * @param grantType the URI that names it
 */
record ExtensionGrantScript(String grantType) implements GrantScript {

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    return Script.repeating(client.token(FormFields.ofGrant(grantType)));
  }
}
