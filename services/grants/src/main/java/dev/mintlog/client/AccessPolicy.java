package dev.mintlog.client;

import java.util.Set;

/**
 * What access tokens of a client may be for, and what they hold.
 *
 * @param multipleResources whether one token request may name several API resources, RFC 8707 §2.2
 * @param claims the client's own claims, in every access token of it
 * @param exchange which tokens it may have others for
 * @param tokenType what they are
 * @param detailTypes types of authorization details that they may have, RFC 9396 §10
 */
public record AccessPolicy(
    boolean multipleResources, ClaimValues claims, ExchangePolicy exchange, AccessTokenType tokenType,
    Set<String> detailTypes) {
  public static final AccessPolicy DEFAULT =
      new AccessPolicy(true, ClaimValues.NONE, ExchangePolicy.NONE, AccessTokenType.JWT, Set.of());

  public AccessPolicy {
    detailTypes = Set.copyOf(detailTypes);
  }


  public AccessPolicy withMultipleResources(boolean allowed) {
    return new AccessPolicy(allowed, claims, exchange, tokenType, detailTypes);
  }

  public AccessPolicy withExchange(ExchangePolicy other) {
    return new AccessPolicy(multipleResources, claims, other, tokenType, detailTypes);
  }

  public AccessPolicy withTokenType(AccessTokenType other) {
    return new AccessPolicy(multipleResources, claims, exchange, other, detailTypes);
  }

  public AccessPolicy withDetailTypes(Set<String> types) {
    return new AccessPolicy(multipleResources, claims, exchange, tokenType, types);
  }
}
