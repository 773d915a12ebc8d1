package dev.mintlog.client;

/**
 * What a tenant's clients rely on.
 *
 * @param profile whose answers they get
 * @param scopeClaimAsArray whether {@code scope} of an access token is a JSON array instead of RFC 9068's text
 * @param dpopNonce whether the DPoP proofs of all its clients must hold a nonce of this server, RFC 9449 §8
 */
public record TenantPolicy(Profile profile, boolean scopeClaimAsArray, boolean dpopNonce) {
  public static final TenantPolicy DEFAULT = new TenantPolicy(Profile.RFC, false, false);

  public TenantPolicy(Profile profile, boolean scopeClaimAsArray) {
    this(profile, scopeClaimAsArray, false);
  }
}
