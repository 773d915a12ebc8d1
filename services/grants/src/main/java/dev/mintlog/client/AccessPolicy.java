package dev.mintlog.client;

/**
 * What access tokens of a client may be for, and what they hold.
 *
 * @param multipleResources whether one token request may name several API resources, RFC 8707 §2.2
 * @param claims the client's own claims, in every access token of it
 */
public record AccessPolicy(boolean multipleResources, ClaimValues claims) {
  public static final AccessPolicy DEFAULT = new AccessPolicy(true, ClaimValues.NONE);

  public AccessPolicy withMultipleResources(boolean allowed) {
    return new AccessPolicy(allowed, claims);
  }

  public AccessPolicy withClaims(ClaimValues others) {
    return new AccessPolicy(multipleResources, others);
  }
}
