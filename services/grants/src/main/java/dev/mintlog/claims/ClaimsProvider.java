package dev.mintlog.claims;

import dev.mintlog.client.ClaimValues;

/**
 * Says more about a user, for access tokens of API resources that want it. Found by {@link java.util.ServiceLoader}, one
 * instance for each edge; asked when a user's consent is recorded, on a thread of its own, by several threads at once.
 *
 * <p>It runs inside the edge and is trusted like it; it cannot set the protocol's own claims.
 */
public interface ClaimsProvider {

  /** A short name for logs. */
  String name();

  /**
   * The claims of one user. May block; past the edge's {@code claims-providers.wait} the thread is interrupted.
   *
   * @return those it knows; others than wanted are dropped
   * @throws Exception where it cannot say: nothing is issued then, and the request is answered 503
   */
  ClaimValues claims(ClaimsRequest request) throws Exception;
}
