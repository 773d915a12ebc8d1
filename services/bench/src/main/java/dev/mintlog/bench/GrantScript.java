package dev.mintlog.bench;

import java.util.function.Supplier;

/**
 * How a client comes by the credential for each token of one grant type, a fresh one where it serves once, and redeems it.
 */
interface GrantScript {

  /** As {@code grant_type} has it. */
  String grantType();

  /** @param login asked only where the grant needs a login application */
  Script write(LoadedClient client, Supplier<LoginApi> login);
}
