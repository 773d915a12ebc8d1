package dev.mintlog.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which events are asked for.
 *
 * @param authorization of it, and of what was got on behalf of the user who gave it
 * @param since those appended from then on; empty: all that are kept
 * @param limit the newest so many, 1 to {@link #LIMIT_MAX}
 */
public record AuditQuery(
    Optional<String> tenant,
    Optional<String> client,
    Optional<String> authorization,
    Optional<Instant> since,
    int limit) {
  public static final int LIMIT_DEFAULT = 1_000;
  public static final int LIMIT_MAX = 1_000_000;
  public static final AuditQuery ALL =
      new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), LIMIT_DEFAULT);

  public AuditQuery {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("expected a limit from 1 to " + LIMIT_MAX + ", but found " + limit);
    }
  }

  public AuditQuery ofClient(String clientId) {
    return new AuditQuery(tenant, Optional.of(clientId), authorization, since, limit);
  }

  public AuditQuery ofTenant(String name) {
    return new AuditQuery(Optional.of(name), client, authorization, since, limit);
  }

  public AuditQuery ofAuthorization(String id) {
    return new AuditQuery(tenant, client, Optional.of(id), since, limit);
  }

  public AuditQuery from(Instant time) {
    return new AuditQuery(tenant, client, authorization, Optional.of(time), limit);
  }

  public AuditQuery limitedTo(int newest) {
    return new AuditQuery(tenant, client, authorization, since, newest);
  }

  boolean wants(AuditEntry entry) {
    return tenant.map(entry.header().getTenant()::equals).orElse(true)
        && client.map(entry.header().getClientId()::equals).orElse(true)
        && authorization.map(id -> isOf(id, entry)).orElse(true);
  }

  private static boolean isOf(String id, AuditEntry entry) {
    return id.equals(entry.header().getAuthorizationId()) || entry.originAuthorizationId().filter(id::equals).isPresent();
  }
}
