package dev.mintlog.client;

/**
 * What a tenant's clients rely on.
 *
 * @param profile whose answers they get
 * @param scopeClaimAsArray whether {@code scope} of an access token is a JSON array instead of RFC 9068's text
 */
public record TenantPolicy(Profile profile, boolean scopeClaimAsArray) {
  public static final TenantPolicy DEFAULT = new TenantPolicy(Profile.RFC, false);
}
