package dev.mintlog.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.schema.TokenDenied;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DenialAuditTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Refusal WRONG = Refusal.invalidClient("expected another secret");

  private final List<TokenDenied> logged = new ArrayList<>();
  private final DenialAudit audit = new DenialAudit(logged::add, InstantSource.fixed(NOW), new SecureRandom());

  @Test
  void shouldRecordARefusal() {
    audit.refused("default", Optional.of("app"), Optional.of("client_credentials"), WRONG, 7);
    audit.flush();

    assertThat(logged).singleElement().satisfies(event -> {
      assertThat(event.getHeader().getTenant()).isEqualTo("default");
      assertThat(event.getHeader().getClientId()).isEqualTo("app");
      assertThat(event.getHeader().getOccurredAt()).isEqualTo(NOW);
      assertThat(event.getHeader().getRevision()).isEqualTo(7);
      assertThat(event.getGrantType()).isEqualTo("client_credentials");
      assertThat(event.getError()).isEqualTo("invalid_client");
      assertThat(event.getCount()).isEqualTo(1);
    });
  }

  @Test
  void shouldFoldEqualRefusalsIntoOneCountedEvent() {
    for (int i = 0; i < 100; i++) {
      audit.refused("default", Optional.of("app"), Optional.empty(), WRONG, 7);
    }
    audit.flush();

    assertThat(logged).singleElement().satisfies(event -> assertThat(event.getCount()).isEqualTo(100));
  }

  @Test
  void shouldNotFoldRefusalsOfDifferentClients() {
    audit.refused("default", Optional.of("app"), Optional.empty(), WRONG, 7);
    audit.refused("default", Optional.of("tv"), Optional.empty(), WRONG, 7);
    audit.flush();

    assertThat(logged).hasSize(2);
  }

  @Test
  void shouldPutUnknownClientsUnderOneKey() {
    audit.refused("default", Optional.empty(), Optional.empty(), WRONG, 7);
    audit.flush();

    assertThat(logged).singleElement()
        .satisfies(event -> assertThat(event.getHeader().getClientId()).isEqualTo(DenialAudit.UNKNOWN_CLIENT));
  }

  @Test
  void shouldKeepABoundedNumberOfKindsAndCountTheRest() {
    int kinds = DenialAudit.KINDS_MAX + 500;
    for (int i = 0; i < kinds; i++) {
      audit.refused("default", Optional.of("app"), Optional.empty(), Refusal.invalidGrant("kind " + i), 7);
    }
    audit.flush();

    assertThat(logged).hasSize(DenialAudit.KINDS_MAX + 1);
    assertThat(logged.stream().mapToInt(TokenDenied::getCount).sum()).isEqualTo(kinds);
  }

  @Test
  void shouldRecordNothingTwice() {
    audit.refused("default", Optional.of("app"), Optional.empty(), WRONG, 7);
    audit.flush();
    audit.flush();

    assertThat(logged).hasSize(1);
  }
}
