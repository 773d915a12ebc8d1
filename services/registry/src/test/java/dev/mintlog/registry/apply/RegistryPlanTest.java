package dev.mintlog.registry.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.registry.apply.Change.Kind;
import dev.mintlog.registry.log.ContentDigest;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static EntryKey key(String id) {
    return new EntryKey("default", EntryKey.CLIENT, id);
  }

  private static Map<EntryKey, Entry> known(Entry... entries) {
    Map<EntryKey, Entry> known = new HashMap<>();
    for (Entry entry : entries) {
      known.put(entry.key(), entry);
    }
    return known;
  }

  @Test
  void shouldPublishTheDifferenceAlone() {
    // Given
    Map<EntryKey, Entry> known = known(new Entry(key("same"), 1, "1"), new Entry(key("other"), 2, "1"),
        new Entry(key("removed"), 2, "1"), Entry.gone(key("long-gone"), 3));
    Map<EntryKey, String> wanted = Map.of(key("same"), "1", key("other"), "2", key("new"), "1");

    // When
    RegistryPlan plan = RegistryPlan.of(wanted, known, 4, false, NOW);

    // Then
    assertThat(plan.changes()).containsExactly(new Change(Kind.ADDED, key("new")),
        new Change(Kind.CHANGED, key("other")), new Change(Kind.REMOVED, key("removed")));
    assertThat(plan.entries()).containsExactly(new Entry(key("new"), 4, "1"), new Entry(key("other"), 4, "2"),
        Entry.gone(key("removed"), 4));
    assertThat(plan.revision().number()).isEqualTo(4);
    assertThat(plan.revision().entries()).isEqualTo(3);
    assertThat(plan.revision().contentDigest()).isEqualTo(ContentDigest.of(wanted));
    assertThat(plan.changes().get(0)).hasToString("added client default/new");
  }

  @Test
  void shouldPublishNothingWhereNothingDiffers() {
    RegistryPlan plan = RegistryPlan.of(Map.of(key("a"), "1"),
        known(new Entry(key("a"), 1, "1"), Entry.gone(key("b"), 1)), 2, false, NOW);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void shouldPublishEverythingAgainWhereAsked() {
    // When
    RegistryPlan plan = RegistryPlan.of(Map.of(key("a"), "1"),
        known(new Entry(key("a"), 1, "1"), Entry.gone(key("b"), 1)), 2, true, NOW);

    // Then
    assertThat(plan.changes()).containsExactly(new Change(Kind.REWRITTEN, key("a")));
    assertThat(plan.entries()).containsExactly(new Entry(key("a"), 2, "1"), Entry.gone(key("b"), 2));
  }

  @Test
  void shouldBringBackWhatWasGone() {
    RegistryPlan plan =
        RegistryPlan.of(Map.of(key("a"), "1"), known(Entry.gone(key("a"), 1)), 2, false, NOW);
    assertThat(plan.changes()).isEqualTo(List.of(new Change(Kind.ADDED, key("a"))));
  }

  @Test
  void shouldDigestKeysAndDocumentsInAnyOrder() {
    assertThat(ContentDigest.of(Map.of(key("a"), "1", key("b"), "2")))
        .isEqualTo(ContentDigest.of(new java.util.TreeMap<>(Map.of(key("b"), "2", key("a"), "1"))))
        .isNotEqualTo(ContentDigest.of(Map.of(key("a"), "2", key("b"), "1")))
        .isNotEqualTo(ContentDigest.of(Map.of(key("a"), "1")));
  }
}
