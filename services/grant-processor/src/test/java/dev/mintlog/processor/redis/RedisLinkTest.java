package dev.mintlog.processor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mintlog.processor.RealRedis;
import dev.mintlog.processor.life.InfrastructureException;
import io.lettuce.core.protocol.AsyncCommand;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLinkTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

  @TempDir
  Path dir;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private RealRedis redis;
  private RedisLink link;

  @BeforeEach
  void connect() throws Exception {
    redis = RealRedis.start(dir);
    link = new RedisLink(redis.uri(), timer);
    link.connect(Duration.ofSeconds(10));
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    timer.shutdownNow();
    redis.close();
  }

  @Test
  void shouldComeAsAUserOfItsOwn() throws Exception {
    // Given
    redis.command("ACL SETUSER app on >correct-horse ~* +@all");
    // When / Then
    try (RedisLink app = new RedisLink(redis.uri(), "app", "correct-horse", timer);
        RedisLink stranger = new RedisLink(redis.uri(), "app", "a guess", timer)) {
      app.connect(Duration.ofSeconds(10));
      assertThat(app.isConnected()).isTrue();
      assertThatThrownBy(() -> stranger.connect(Duration.ofSeconds(1)))
          .isInstanceOf(InfrastructureException.class).hasMessageNotContaining("a guess");
      assertThat(app.address()).doesNotContain("app", "correct-horse");
    }
  }

  @Test
  void shouldFailAtOnceWhatIsOnItsWayWhenTheServerDies() throws Exception {
    // Given: the server has read it and does not answer
    redis.command("CLIENT PAUSE 60000 ALL");
    AsyncCommand<byte[], byte[], byte[]> get = RedisCommands.get(KEY);
    var sent = link.send(List.of(get)).toCompletableFuture();
    // When
    redis.kill();
    // Then
    sent.get(1, TimeUnit.SECONDS);
    assertThat(get).isCompletedExceptionally();
  }

  @Test
  void shouldFailAtOnceWhileItIsNotConnected() throws Exception {
    // Given
    redis.kill();
    await().atMost(Duration.ofSeconds(5)).until(() -> !link.isConnected());
    AsyncCommand<byte[], byte[], byte[]> get = RedisCommands.get(KEY);
    // When
    link.send(List.of(get));
    // Then
    assertThatThrownBy(get::join).hasCauseInstanceOf(InfrastructureException.class);
  }

  @Test
  void shouldConnectAgainWithItsScripts() throws Exception {
    // Given
    redis.kill();
    await().atMost(Duration.ofSeconds(5)).until(() -> !link.isConnected());
    // When
    redis.start();
    await().atMost(Duration.ofSeconds(10)).until(link::isConnected);
    // Then
    AsyncCommand<byte[], byte[], Long> swap = RedisCommands.run(Script.SWAP, KEY, KEY, KEY);
    link.send(List.of(swap));
    assertThat(swap.get(5, TimeUnit.SECONDS)).isZero();
    assertThat(link.losses()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpAServerThatDoesNotAnswer() throws Exception {
    // Given
    redis.command("CLIENT PAUSE 60000 ALL");
    AsyncCommand<byte[], byte[], byte[]> get = RedisCommands.get(KEY);
    // When
    var sent = link.send(List.of(get)).toCompletableFuture();
    // Then
    sent.get(10, TimeUnit.SECONDS);
    assertThat(get).isCompletedExceptionally();
    assertThat(link.losses()).isEqualTo(1);
  }

  @Test
  void shouldLoadScriptsAgainThatTheServerHasLost() {
    // Given
    assertThat(redis.command("SCRIPT FLUSH")).isEqualTo("+OK");
    // When
    link.send(List.of(RedisCommands.run(Script.SWAP, KEY, KEY, KEY)));
    // Then
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
      AsyncCommand<byte[], byte[], Long> swap = RedisCommands.run(Script.SWAP, KEY, KEY, KEY);
      link.send(List.of(swap));
      assertThat(swap.get(5, TimeUnit.SECONDS)).isZero();
    });
  }

  @Test
  void shouldSayWithinTheBoundThatThereIsNoServer() throws Exception {
    // Given: nobody listens on this port
    redis.kill();
    try (RedisLink nowhere = new RedisLink(URI.create(redis.uri().toString()), timer)) {
      // Then
      assertThatThrownBy(() -> nowhere.connect(Duration.ofMillis(500)))
          .isInstanceOf(InfrastructureException.class).hasMessageContaining("refused");
    }
  }
}
