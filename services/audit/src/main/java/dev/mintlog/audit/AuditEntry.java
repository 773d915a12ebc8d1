package dev.mintlog.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.schema.EventHeader;
import dev.mintlog.schema.TokenIssued;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One event of the log.
 *
 * @param event one of those that {@code token-events} holds
 * @param header the event's own
 * @param appendedAt the broker's clock
 */
public record AuditEntry(SpecificRecord event, EventHeader header, Instant appendedAt, int partition, long offset) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "header";
  private static final String ISSUED = "TokenIssued";
  private static final String DENIED = "TokenDenied";

  /** Empty where the record is no event. */
  static Optional<AuditEntry> of(SpecificRecord event, Instant appendedAt, int partition, long offset) {
    Schema.Field field = event.getSchema().getField(HEADER);
    boolean hasHeader = field != null && event.get(field.pos()) instanceof EventHeader;
    return hasHeader
        ? Optional.of(new AuditEntry(event, (EventHeader) event.get(field.pos()), appendedAt, partition, offset))
        : Optional.empty();
  }

  /** Name of the event: {@code TokenIssued}, {@code TokenDenied}, … */
  public String type() {
    return event.getSchema().getName();
  }

  public boolean isIssued() {
    return type().equals(ISSUED);
  }

  public boolean isDenied() {
    return type().equals(DENIED);
  }

  /**
   * The authorization that the user gave, where the event's own was got on behalf of its user: with it the own one ends.
   * Events of tokens that were issued tell it.
   */
  public Optional<String> originAuthorizationId() {
    return event instanceof TokenIssued issued
        ? Optional.ofNullable(issued.getOriginAuthorizationId()) : Optional.empty();
  }

  /** The event as one line of JSON: its type, the header's fields, its own; absent ones left out. */
  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type());
    put(fields, header);
    put(fields, event);
    fields.put("appendedAt", appendedAt.toString());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can be written", e);
    }
  }

  private static void put(Map<String, Object> fields, SpecificRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null && !field.name().equals(HEADER)) {
        boolean isPlain = value instanceof Number || value instanceof Boolean || value instanceof Iterable;
        fields.put(field.name(), isPlain ? value : value.toString());
      }
    }
  }
}
