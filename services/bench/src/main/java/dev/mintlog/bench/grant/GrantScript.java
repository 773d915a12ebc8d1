package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.Script;

/**
 * How a client comes by the credential for each token of one grant type, a fresh one where it serves once, and redeems it.
 */
public interface GrantScript {

  /** As {@code grant_type} has it. */
  String grantType();

  /** @param demo asked only for what the grant needs */
  Script write(LoadedClient client, DemoSide demo);
}
