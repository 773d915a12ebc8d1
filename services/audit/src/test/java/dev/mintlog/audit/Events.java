package dev.mintlog.audit;

import dev.mintlog.schema.EventHeader;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Events as processors write them. */
final class Events {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Events() {}

  static EventHeader header(String eventId, String commandId, String client) {
    return EventHeader.newBuilder()
        .setEventId(eventId)
        .setCommandId(commandId)
        .setOccurredAt(NOW)
        .setTenant("default")
        .setClientId(client)
        .setRevision(1)
        .build();
  }

  static TokenIssued issued(String commandId, String client) {
    return TokenIssued.newBuilder()
        .setHeader(header("issued-" + commandId, commandId, client))
        .setGrantType("client_credentials")
        .setSubject(client)
        .setScope("read")
        .setAudience(List.of("api"))
        .setJti("jti-" + commandId)
        .setKid("kid")
        .setAlgorithm("RS256")
        .setIssuedAt(NOW)
        .setExpiresAt(NOW.plusSeconds(3600))
        .setIdToken(false)
        .build();
  }

  static TokenDenied denied(String commandId, String client) {
    return TokenDenied.newBuilder()
        .setHeader(header("denied-" + commandId, commandId, client))
        .setError("invalid_scope")
        .setDescription("expected 'read', but found 'write'")
        .build();
  }

  static AuditEntry entry(SpecificRecord event, int partition, long offset) {
    return AuditEntry.of(event, NOW.plusMillis(offset), partition, offset).orElseThrow();
  }
}
