package dev.mintlog.bench;

/**
 * How a client comes by the credential for each token of one grant type, a fresh one where it serves once, and redeems it.
 */
interface GrantScript {

  /** As {@code grant_type} has it. */
  String grantType();

  /** @param demo asked only for what the grant needs */
  Script write(LoadedClient client, DemoSide demo);
}
