package dev.mintlog.client;

import java.util.Optional;

/**
 * What a tenant's clients rely on.
 *
 * @param profile whose answers they get
 * @param scopeClaimAsArray whether {@code scope} of an access token is a JSON array instead of RFC 9068's text
 * @param dpopNonce whether the DPoP proofs of all its clients must hold a nonce of this server, RFC 9449 §8
 * @param guid what clients of Entra ID may call the tenant, in lower case; also {@code tid} of their tokens
 */
public record TenantPolicy(Profile profile, boolean scopeClaimAsArray, boolean dpopNonce, Optional<String> guid) {
  public static final TenantPolicy DEFAULT = new TenantPolicy(Profile.RFC, false, false);

  /** Of a tenant without a GUID. */
  public TenantPolicy(Profile profile, boolean scopeClaimAsArray, boolean dpopNonce) {
    this(profile, scopeClaimAsArray, dpopNonce, Optional.empty());
  }

  public TenantPolicy(Profile profile, boolean scopeClaimAsArray) {
    this(profile, scopeClaimAsArray, false);
  }
}
