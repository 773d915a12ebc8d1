package dev.mintlog.claims;

import dev.mintlog.client.Client;
import dev.mintlog.client.Tenant;
import java.util.Set;

/**
 * Whose claims are asked for, and which.
 *
 * @param client the client that tokens will be issued to
 * @param subject the opaque {@code sub}
 * @param wanted names that the tenant's API resources want; others are dropped
 */
public record ClaimsRequest(Tenant tenant, Client client, String subject, Set<String> wanted) {
  public ClaimsRequest {
    wanted = Set.copyOf(wanted);
  }
}
