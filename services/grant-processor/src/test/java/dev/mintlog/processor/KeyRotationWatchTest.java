package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.log.ContentDigest;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRotationWatchTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final AtomicInteger tries = new AtomicInteger();
  private RegistrySnapshot registry = withoutKeys(1);
  private boolean isOurs = true;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private KeyRotationWatch watch;

  @AfterEach
  void close() {
    watch.close();
  }

  // A tenant without keys: something is always due.
  private static RegistrySnapshot withoutKeys(long revision) {
    Map<EntryKey, String> entries = new HashMap<>(RegistryEntries.of(
        RegistryDocument.parse("tenants: [{name: default}]"), Optional.of("https://login.example")));
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":3}");
    return RegistrySnapshot.of(
        new Revision(revision, Instant.EPOCH, entries.size(), ContentDigest.of(entries)), entries);
  }

  private void watchWith(Supplier<AppliedRevision> rotation) {
    watch = new KeyRotationWatch(() -> registry, () -> {
      tries.incrementAndGet();
      return rotation.get();
    }, () -> isOurs, () -> now);
  }

  private void lookUntilTried(int times) {
    await().atMost(BOUND).until(() -> {
      if (tries.get() < times) {
        watch.look();
      }
      return tries.get() == times;
    });
  }

  @Test
  void shouldLeaveItToTheOwnerOfPartitionZero() {
    watchWith(() -> new AppliedRevision(1, List.of()));
    isOurs = false;
    watch.look();

    isOurs = true;
    lookUntilTried(1);
  }

  @Test
  void shouldNotTryAgainBeforeItSeesWhatItPublished() {
    watchWith(() -> new AppliedRevision(2, List.of()));
    lookUntilTried(1);
    for (int i = 0; i < 100; i++) {
      watch.look();
    }
    assertThat(tries).hasValue(1);

    registry = withoutKeys(2);
    lookUntilTried(2);
  }

  @Test
  void shouldSayWhyItFailedAndLetOthersPublishMeanwhile() {
    // Given
    watchWith(() -> {
      throw new RegistryException("another one began");
    });
    lookUntilTried(1);
    await().atMost(BOUND).until(() -> watch.problem().isPresent());
    assertThat(watch.problem()).contains("another one began");

    // When
    now = now.plus(KeyRotationWatch.RETRY_AFTER).minusMillis(1);
    for (int i = 0; i < 100; i++) {
      watch.look();
    }

    // Then
    assertThat(tries).hasValue(1);
    now = now.plusMillis(1);
    lookUntilTried(2);
  }
}
