package dev.mintlog.edge.audit;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.schema.EventHeader;
import dev.mintlog.schema.TokenDenied;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records refused proofs. Equal ones between two flushes become one event with a count, so that a guessing client
 * cannot fill the log. Thread-safe.
 */
public final class DenialAudit {
  /** Stands for every client id that is not registered: such ids are the attacker's choice. */
  public static final String UNKNOWN_CLIENT = "unknown";
  /** More kinds than this between two flushes become one. */
  public static final int KINDS_MAX = 1_000;

  private static final int ID_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final DenialLog log;
  private final InstantSource clock;
  private final SecureRandom random;
  private Map<Kind, Folded> folded = new LinkedHashMap<>();

  public DenialAudit(DenialLog log, InstantSource clock, SecureRandom random) {
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A proof was refused.
   *
   * @param clientId the registered client; empty where none was recognised
   * @param grantType the grant_type, where it is one that is known
   * @param revision registry revision that was in force
   */
  public void refused(String tenant, Optional<String> clientId, Optional<String> grantType, Refusal refusal,
      long revision) {
    refused(tenant, clientId, grantType, Optional.empty(), refusal, revision);
  }

  /**
   * A proof that names a user was refused.
   *
   * @param usernameDigest keyed digest of the username, where one was tried
   */
  public void refused(String tenant, Optional<String> clientId, Optional<String> grantType,
      Optional<String> usernameDigest, Refusal refusal, long revision) {
    Kind kind = new Kind(tenant, clientId.orElse(UNKNOWN_CLIENT), grantType, usernameDigest, refusal.error(),
        refusal.description(), revision);
    synchronized (this) {
      boolean full = folded.size() >= KINDS_MAX && !folded.containsKey(kind);
      folded.computeIfAbsent(full ? kind.unspecific() : kind, first -> new Folded(clock.instant())).count++;
    }
  }

  /** Appends what was refused since the last time. To be called each second. */
  public void flush() {
    Map<Kind, Folded> refused;
    synchronized (this) {
      if (folded.isEmpty()) {
        return;
      }
      refused = folded;
      folded = new LinkedHashMap<>();
    }
    refused.forEach((kind, times) -> log.append(event(kind, times)));
  }

  private TokenDenied event(Kind kind, Folded times) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String unique = BASE64URL.encodeToString(id);
    EventHeader header = EventHeader.newBuilder()
        .setEventId(unique + ".TokenDenied")
        .setCommandId(unique)
        .setOccurredAt(times.first)
        .setTenant(kind.tenant)
        .setClientId(kind.clientId)
        .setAuthorizationId(null)
        .setRevision(kind.revision)
        .build();
    return TokenDenied.newBuilder()
        .setHeader(header)
        .setGrantType(kind.grantType.orElse(null))
        .setError(kind.error)
        .setDescription(kind.description)
        .setCount(times.count)
        .setUsernameDigest(kind.usernameDigest.orElse(null))
        .build();
  }

  private record Kind(String tenant, String clientId, Optional<String> grantType, Optional<String> usernameDigest,
      String error, String description, long revision) {
    Kind unspecific() {
      return new Kind(tenant, UNKNOWN_CLIENT, Optional.empty(), Optional.empty(), error,
          "one of too many kinds of refusal at a time", revision);
    }
  }

  private static final class Folded {
    private final Instant first;
    private int count;

    private Folded(Instant first) {
      this.first = first;
    }
  }
}
