package dev.mintlog.registry.tenant;

import dev.mintlog.client.TenantPolicy;

/**
 * What an operator sets for a tenant as a whole.
 *
 * @param policy what the tenant's clients rely on
 * @param signingKeys how its signing keys come and go
 */
public record TenantSettings(TenantPolicy policy, SigningKeyPeriods signingKeys) {
  public static final TenantSettings DEFAULT = new TenantSettings(TenantPolicy.DEFAULT, SigningKeyPeriods.DEFAULT);
}
