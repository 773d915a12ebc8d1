package dev.mintlog.processor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.processor.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisChecksTest {
  private static final Map<String, String> ALONE = Map.of(
      "role", "master", "connected_slaves", "0", "maxmemory_policy", "noeviction", "aof_enabled", "1");
  private static final Map<String, String> REPLICATED = Map.of(
      "role", "master", "connected_slaves", "1", "maxmemory_policy", "noeviction", "aof_enabled", "0");

  @TempDir
  Path dir;

  @Test
  void shouldAcceptOneThatKeepsAnAppendOnlyFile() {
    assertThat(RedisChecks.problems(ALONE, OptionalInt.of(0), OptionalInt.of(10))).isEmpty();
  }

  @Test
  void shouldAcceptOneThatWritesOnlyWithAReplicaCloseBehind() {
    assertThat(RedisChecks.problems(REPLICATED, OptionalInt.of(1), OptionalInt.of(2))).isEmpty();
  }

  @Test
  void shouldRefuseReplicasThatMayLagBehind() {
    assertThat(RedisChecks.problems(REPLICATED, OptionalInt.of(0), OptionalInt.of(2))).hasSize(1);
    assertThat(RedisChecks.problems(REPLICATED, OptionalInt.of(1), OptionalInt.of(10))).hasSize(1);
    assertThat(RedisChecks.problems(REPLICATED, OptionalInt.of(1), OptionalInt.of(0))).hasSize(1);
  }

  @Test
  void shouldBelieveTheOperatorOfARedisThatHidesItsSettings() {
    assertThat(RedisChecks.problems(REPLICATED, OptionalInt.empty(), OptionalInt.empty())).isEmpty();
  }

  @Test
  void shouldNameEverythingThatIsWrongWithARealOne() throws Exception {
    // Given
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (RealRedis redis = RealRedis.start(dir, "--maxmemory-policy", "allkeys-lru");
        RedisLink link = new RedisLink(redis.uri(), timer)) {
      link.connect(Duration.ofSeconds(10));
      // When
      List<String> problems = RedisChecks.problems(link);
      // Then
      assertThat(problems).hasSize(2);
      assertThat(problems.get(0)).contains("noeviction").contains("allkeys-lru");
      assertThat(problems.get(1)).contains("appendonly");
    } finally {
      timer.shutdownNow();
    }
  }
}
