package dev.mintlog.processor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.client.Scopes;
import dev.mintlog.processor.RealRedis;
import dev.mintlog.processor.changelog.Changelog.Span;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.store.Loaded;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionRestoresTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir
  Path dir;

  private RealRedis redis;
  private RedisFixture fixture;
  private final AuthorizationId id = CommandFixture.randomId();
  private int partition;

  @BeforeEach
  void start() throws Exception {
    redis = RealRedis.start(dir);
    fixture = new RedisFixture(redis);
    partition = fixture.partitions.of(id.key());
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
    redis.close();
  }

  @Test
  void shouldReadTheWholePartitionWhereThereIsNoMarker() throws Exception {
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(fixture.changelog.reads()).containsExactly(Map.of(partition, Span.WHOLE));
    assertThat(fixture.restores.restored()).isEqualTo(1);
  }

  @Test
  void shouldKnowEveryProofWhereNoCommandWasEverGiven() throws Exception {
    // Given
    fixture.changelog.isNew();
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(provenSince()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void shouldKnowNoProofFromBeforeWhereThereWereCommands() throws Exception {
    // Given
    Instant before = Instant.now().minusSeconds(1);
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(provenSince()).isAfter(before);
  }

  @Test
  void shouldKnowNoProofFromBeforeTheLossOfAPrimaryWhateverTheLogHolds() throws Exception {
    // Given
    Instant before = Instant.now().minusSeconds(1);
    done(fixture.restores.complete(partition));
    redis.command("DEBUG CHANGE-REPL-ID");
    fixture.changelog.isNew();
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(provenSince()).isAfter(before);
  }

  private Instant provenSince() throws Exception {
    var marker = RedisCommands.get(RedisKeys.marker(partition));
    fixture.link.sendAndWait(List.of(marker));
    return fixture.forms.markers().open(partition, marker.get()).orElseThrow().since();
  }

  @Test
  void shouldReadNothingWhereTheMarkerSaysThatAllIsThere() throws Exception {
    // Given
    done(fixture.restores.complete(partition));
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(fixture.changelog.reads()).hasSize(1);
  }

  @Test
  void shouldReadTheTailWhereAnotherPrimaryWroteTheMarker() throws Exception {
    // Given
    done(fixture.restores.complete(partition));
    redis.command("DEBUG CHANGE-REPL-ID");
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(fixture.changelog.reads()).last().isEqualTo(Map.of(partition, Span.TAIL));
  }

  @Test
  void shouldReadTheWholePartitionAgainWhereItIsAskedToInAnyCase() throws Exception {
    // Given
    done(fixture.restores.complete(partition));
    // When
    done(fixture.restores.restore(partition));
    // Then
    assertThat(fixture.changelog.reads()).containsExactly(Map.of(partition, Span.WHOLE), Map.of(partition, Span.WHOLE));
  }

  @Test
  void shouldBeginAnewWhenRedisIsWipedMeanwhile() throws Exception {
    // Given: the wipe comes when the states are written and before the marker is
    fixture.changelog.append(devicePending(3));
    AtomicInteger wipes = new AtomicInteger();
    fixture.changelog.whileReading(() -> {
      if (wipes.incrementAndGet() == 1) {
        redis.command("FLUSHALL");
      }
    });
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(fixture.changelog.reads()).hasSize(2);
    Loaded loaded = fixture.states.load(id).toCompletableFuture().get(5, TimeUnit.SECONDS);
    assertThat(loaded).isInstanceOfSatisfying(Loaded.Complete.class,
        complete -> assertThat(complete.state()).isPresent());
  }

  @Test
  void shouldRecreateThePointerOfAUserCode() throws Exception {
    // Given
    fixture.changelog.append(devicePending(1));
    // When
    done(fixture.restores.complete(partition));
    // Then: it is this authorization's, and nobody else's
    assertThat(claimed(id)).hasValue(0);
    assertThat(claimed(CommandFixture.randomId())).isEmpty();
    AsyncCommand<byte[], byte[], byte[]> get = RedisCommands.get(RedisKeys.userCode("default", "digest"));
    fixture.link.send(List.of(get));
    assertThat(fixture.forms.pointers().open("default", "digest", get.get(5, TimeUnit.SECONDS)))
        .hasValueSatisfying(pointer -> assertThat(pointer.clientId()).isEqualTo("tv"));
  }

  @Test
  void shouldTryAgainWhenRedisWasAway() throws Exception {
    // Given
    redis.kill();
    CompletionStage<Void> restored = fixture.restores.complete(partition);
    // When
    redis.start();
    // Then
    done(restored);
  }

  @Test
  void shouldRestoreTheOthersWhereOnePartitionCannotBeRead() throws Exception {
    // Given
    int unreadable = (partition + 1) % 4;
    fixture.changelog.isUnreadable(unreadable, new IllegalStateException("expected the key of key id 1a2b3c4d"));
    CompletionStage<Void> waits = fixture.restores.complete(unreadable);
    // When
    done(fixture.restores.complete(partition));
    // Then
    assertThat(waits.toCompletableFuture()).isNotDone();
    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.restores.problems())
        .containsExactly(Map.entry(unreadable, "expected the key of key id 1a2b3c4d")));
    // When
    fixture.changelog.becomesReadable(unreadable);
    // Then
    done(waits);
    assertThat(fixture.restores.problems()).isEmpty();
  }

  @Test
  void shouldForgetTheProblemOfAPartitionThatWasGivenAwayDuringTheAttempt() throws Exception {
    // Given
    int unreadable = (partition + 1) % 4;
    fixture.changelog.isUnreadable(unreadable, new IllegalStateException("expected the key of key id 1a2b3c4d"));
    fixture.changelog.whileReading(() -> fixture.restores.forget(unreadable));
    CompletionStage<Void> givenAway = fixture.restores.complete(unreadable);
    assertThatThrownBy(() -> done(givenAway)).isInstanceOf(ExecutionException.class);
    // When: one thread does it all, so the attempt is over when another partition's is
    done(fixture.restores.complete(partition));
    // Then
    assertThat(fixture.restores.problems()).isEmpty();
    assertThat(fixture.restores.unrestored()).isEmpty();
  }

  @Test
  void shouldCallAPartitionUnrestoredFromTheRequestUntilTheRestore() throws Exception {
    // Given
    AtomicReference<Set<Integer>> whileReading = new AtomicReference<>();
    fixture.changelog.whileReading(() -> whileReading.set(fixture.restores.unrestored()));
    // When
    redis.kill();
    CompletionStage<Void> restored = fixture.restores.complete(partition);
    // Then
    assertThat(fixture.restores.unrestored()).containsExactly(partition);
    // When
    redis.start();
    done(restored);
    // Then
    assertThat(whileReading.get()).containsExactly(partition);
    assertThat(fixture.restores.unrestored()).isEmpty();
  }

  @Test
  void shouldStopTryingForAPartitionThatIsAnothers() throws Exception {
    // Given
    redis.kill();
    CompletionStage<Void> restored = fixture.restores.complete(partition);
    // When
    fixture.restores.forget(partition);
    // Then
    assertThatThrownBy(() -> done(restored)).isInstanceOf(ExecutionException.class);
    assertThat(fixture.restores.waiting()).isZero();
  }

  @Test
  void shouldShareOneRestoreAmongAllThatWait() throws Exception {
    // Given
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    fixture.changelog.whileReading(() -> {
      reading.countDown();
      try {
        goOn.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    // When
    CompletionStage<Void> first = fixture.restores.complete(partition);
    reading.await(10, TimeUnit.SECONDS);
    CompletionStage<Void> second = fixture.restores.complete(partition);
    goOn.countDown();
    // Then
    done(first);
    done(second);
    assertThat(fixture.changelog.reads()).hasSize(1);
  }

  private OptionalInt claimed(AuthorizationId claimant) throws Exception {
    return fixture.states.claimUserCode(claimant, "tv", List.of("digest"), Instant.now().plusSeconds(60))
        .toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private Authorization devicePending(long version) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    PolledRequest request =
        PolledRequest.ofDevice("tv", Scopes.of("read"), now.plusSeconds(300), "digest");
    return new Authorization(id, version, new Pending(request, PollClock.notYetPolled(Duration.ofSeconds(5))),
        new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", partition, version), new Answer.Done()),
        now, now.plusSeconds(600));
  }

  private static void done(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
