package dev.mintlog.audit;

import static dev.mintlog.audit.Events.denied;
import static dev.mintlog.audit.Events.entry;
import static dev.mintlog.audit.Events.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.schema.TokenIssued;
import org.junit.jupiter.api.Test;

class AuditEntriesTest {
  private final SeenEvents seen = new SeenEvents();

  @Test
  void shouldTellEachEventOnce() {
    assertThat(seen.isNews(entry(issued("c1", "a"), 0, 1))).isTrue();
    assertThat(seen.isNews(entry(issued("c1", "a"), 0, 2))).isFalse();
    assertThat(seen.isNews(entry(issued("c2", "a"), 0, 3))).isTrue();
  }

  @Test
  void shouldNotTellADenialOfACommandThatWasIssued() {
    assertThat(seen.isNews(entry(issued("c1", "a"), 0, 1))).isTrue();
    assertThat(seen.isNews(entry(denied("c1", "a"), 0, 2))).isFalse();
    assertThat(seen.isNews(entry(denied("c2", "a"), 0, 3))).isTrue();
  }

  @Test
  void shouldTakeBackADenialThatIsOutrankedLater() {
    // Given
    NewestEntries newest = new NewestEntries(10);
    newest.add(entry(denied("c1", "a"), 0, 1));
    newest.add(entry(denied("c2", "a"), 0, 2));

    // When
    newest.add(entry(issued("c1", "a"), 0, 3));

    // Then
    assertThat(newest.oldestFirst()).extracting(AuditEntry::type, AuditEntry::offset)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("TokenDenied", 2L),
            org.assertj.core.groups.Tuple.tuple("TokenIssued", 3L));
  }

  @Test
  void shouldKeepTheNewestInTheOrderOfTheBrokersClock() {
    // Given: partition 1 is read after partition 0, though its events lie between
    NewestEntries newest = new NewestEntries(3);
    for (long offset : new long[] {0, 2, 4, 6}) {
      newest.add(entry(issued("even" + offset, "a"), 0, offset));
    }
    for (long offset : new long[] {1, 3, 5}) {
      newest.add(entry(issued("odd" + offset, "a"), 1, offset));
    }

    // Then
    assertThat(newest.oldestFirst()).extracting(AuditEntry::offset).containsExactly(4L, 5L, 6L);
  }

  @Test
  void shouldWriteOneLineOfJson() {
    assertThat(entry(denied("c1", "my \"app\"\n"), 2, 7).json())
        .isEqualTo("{\"type\":\"TokenDenied\",\"eventId\":\"denied-c1\",\"commandId\":\"c1\","
            + "\"occurredAt\":\"2026-01-01T00:00:00Z\",\"tenant\":\"default\",\"clientId\":\"my \\\"app\\\"\\n\","
            + "\"revision\":1,\"error\":\"invalid_scope\","
            + "\"description\":\"expected 'read', but found 'write'\",\"count\":1,"
            + "\"appendedAt\":\"2026-01-01T00:00:00.007Z\"}");
    assertThat(entry(issued("c1", "a"), 0, 1).json())
        .contains("\"audience\":[\"api\"]").contains("\"idToken\":false").doesNotContain("refreshGeneration");
  }

  @Test
  void shouldTellWhatATokenRestsOn() {
    TokenIssued issued = issued("c1", "a");
    issued.setOriginAuthorizationId("given");
    issued.setAssertionIssuer("https://idp.example");
    issued.setClientAssertionIssuer("https://platform.example");
    AuditEntry entry = entry(issued, 0, 1);

    assertThat(entry.json()).contains("\"originAuthorizationId\":\"given\"",
        "\"assertionIssuer\":\"https://idp.example\"", "\"clientAssertionIssuer\":\"https://platform.example\"");
    assertThat(entry.originAuthorizationId()).contains("given");
    assertThat(AuditQuery.ALL.ofAuthorization("given").wants(entry)).as("what ends with it").isTrue();
    assertThat(entry(denied("c1", "a"), 0, 2).originAuthorizationId()).isEmpty();
  }

  @Test
  void shouldAskByClientTenantAndAuthorization() {
    AuditEntry entry = entry(issued("c1", "a"), 0, 1);
    assertThat(AuditQuery.ALL.wants(entry)).isTrue();
    assertThat(AuditQuery.ALL.ofClient("a").ofTenant("default").wants(entry)).isTrue();
    assertThat(AuditQuery.ALL.ofClient("b").wants(entry)).isFalse();
    assertThat(AuditQuery.ALL.ofTenant("other").wants(entry)).isFalse();
    assertThat(AuditQuery.ALL.ofAuthorization("x").wants(entry)).isFalse();
    assertThatThrownBy(() -> AuditQuery.ALL.limitedTo(0)).hasMessageContaining("found 0");
  }
}
