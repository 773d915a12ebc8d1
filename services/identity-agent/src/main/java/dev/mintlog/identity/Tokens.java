package dev.mintlog.identity;

import io.vertx.core.Future;

/** Where access tokens of an identity come from. */
interface Tokens {
  /** @return never failed: what cannot be had is {@link IdentityAnswer.Refused} */
  Future<IdentityAnswer> tokenFor(String identity, String resource);
}
