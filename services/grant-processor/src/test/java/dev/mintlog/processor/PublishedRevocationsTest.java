package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.command.Command.RevokeBefore;
import dev.mintlog.command.Delivery;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.registry.log.RegistryDamagedException;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.tenant.CommandedRevocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PublishedRevocationsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final List<List<CommandedRevocation>> published = new CopyOnWriteArrayList<>();

  @Test
  void shouldPublishTogetherWhatCameWhileAPublicationWasUnderWay() throws Exception {
    // Given
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (PublishedRevocations revocations = new PublishedRevocations(batch -> {
      published.add(batch);
      begun.countDown();
      await(goOn);
    }, InstantSource.system())) {
      CompletionStage<Void> first = revocations.register(List.of(revoke("alice")));
      await(begun);
      // When
      CompletionStage<Void> second = revocations.register(List.of(revoke("bob")));
      CompletionStage<Void> third = revocations.register(List.of(revoke("carol")));
      goOn.countDown();
      // Then
      done(first);
      done(second);
      done(third);
    }
    assertThat(published).hasSize(2);
    assertThat(published.get(1)).extracting(batch -> batch.revocation().subject().orElse(""))
        .containsExactly("bob", "carol");
    assertThat(published.get(0).get(0).revocation().before()).isEqualTo(NOON);
  }

  @Test
  void shouldAskToBeTriedAgainWhereTheRegistryCouldNotBeWritten() {
    assertThatThrownBy(() -> register(batch -> {
      throw new RegistryException("another publication began");
    })).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(InfrastructureException.class);
  }

  @Test
  void shouldLeaveTheRegistryToItsOperatorWhileItIsDamaged() throws Exception {
    // Given
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    AtomicInteger tries = new AtomicInteger();
    try (PublishedRevocations revocations = new PublishedRevocations(batch -> {
      if (tries.incrementAndGet() == 1) {
        throw new RegistryDamagedException("not whole");
      }
    }, now::get)) {
      // When / Then
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> done(revocations.register(List.of(revoke("alice")))))
            .hasCauseInstanceOf(InfrastructureException.class);
      }
      assertThat(tries).hasValue(1);
      now.set(NOON.plus(PublishedRevocations.PAUSE_WHILE_DAMAGED));
      done(revocations.register(List.of(revoke("alice"))));
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void shouldHandOnWhatIsAFault() {
    assertThatThrownBy(() -> register(batch -> {
      throw new IllegalStateException("a bug");
    })).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IllegalStateException.class);
  }

  private static void register(Consumer<List<CommandedRevocation>> publication) throws Exception {
    try (PublishedRevocations revocations = new PublishedRevocations(publication, InstantSource.system())) {
      done(revocations.register(List.of(revoke("alice"))));
    }
  }

  private static void done(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static RevokeBefore revoke(String subject) {
    Delivery delivery = new Delivery(
        new CommandId("A".repeat(22)), new LogPosition("topic", 0, 0), NOON, NOON, NOON.plusSeconds(9), 1);
    return new RevokeBefore(delivery, "default", "login", Optional.of(subject), Optional.empty());
  }
}
