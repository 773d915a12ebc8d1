package dev.mintlog.answer;

import java.util.Optional;

/**
 * What clients of Entra ID read of a token's subject beside {@code sub}.
 *
 * @param tenantId {@code tid}: the tenant's GUID, or its name
 * @param userName {@code preferred_username} of the ID token, where it is known
 */
public record DirectoryClaims(String tenantId, Optional<String> userName) {
  // A user's name is personal data.
  @Override
  public String toString() {
    return "DirectoryClaims[" + tenantId + "]";
  }
}
