package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Script;

/** RFC 6749 §4.4: the client's own secret is all the credential there is, and every request is the same. */
public final class ClientCredentialsScript implements GrantScript {

  @Override
  public String grantType() {
    return "client_credentials";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    return Script.repeating(client.tokenEndpoint(), client.fixedTokenRequest(grantType()));
  }
}
