package dev.mintlog.processor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.processor.RealRedis;
import dev.mintlog.store.AuthorizationStates;
import dev.mintlog.store.AuthorizationStatesContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The port's contract, kept by a real Redis. */
class RedisAuthorizationStatesTest extends AuthorizationStatesContract {
  @TempDir
  static Path dir;

  private static RealRedis redis;
  private static RedisFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    redis = RealRedis.start(dir);
    fixture = new RedisFixture(redis);
  }

  @AfterAll
  static void stop() throws Exception {
    fixture.close();
    redis.close();
  }

  @Override
  protected AuthorizationStates states() {
    return fixture.states;
  }

  @Override
  protected int partitionOf(AuthorizationId id) {
    return fixture.partitions.of(id.key());
  }

  @Override
  protected void wipe() {
    assertThat(redis.command("FLUSHALL")).isEqualTo("+OK");
  }

  @Override
  protected void restart() {
    assertThat(redis.command("DEBUG CHANGE-REPL-ID")).isEqualTo("+OK");
  }

  // It runs on this machine.
  @Override
  protected Instant storeTime() {
    return Instant.now();
  }

  @Override
  protected void awaitStoreTime(Instant time) {
    await().atMost(Duration.ofSeconds(4)).pollInterval(Duration.ofMillis(5)).until(() -> !Instant.now().isBefore(time));
  }

  @Override
  protected void appendToChangelog(Authorization state) {
    fixture.changelog.append(state);
  }
}
