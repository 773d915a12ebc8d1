package dev.mintlog.client;

/**
 * What access tokens of a client may be for, and what they hold.
 *
 * @param multipleResources whether one token request may name several API resources, RFC 8707 §2.2
 * @param claims the client's own claims, in every access token of it
 * @param exchange which tokens it may have others for
 */
public record AccessPolicy(boolean multipleResources, ClaimValues claims, ExchangePolicy exchange) {
  public static final AccessPolicy DEFAULT = new AccessPolicy(true, ClaimValues.NONE, ExchangePolicy.NONE);

  public AccessPolicy withMultipleResources(boolean allowed) {
    return new AccessPolicy(allowed, claims, exchange);
  }

  public AccessPolicy withExchange(ExchangePolicy other) {
    return new AccessPolicy(multipleResources, claims, other);
  }
}
