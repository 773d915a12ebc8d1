package dev.mintlog.processor.redis;

import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/** Whether a Redis is set up so that it loses no more than the changelog's tail holds. Looked at once, at the start. */
public final class RedisChecks {
  private static final int REPLICA_LAG_MAX_SECONDS = 2;

  private RedisChecks() {}

  /** One line for each thing that breaks a promise, with its remedy; empty where all is well. */
  public static List<String> problems(RedisLink link) {
    AsyncCommand<byte[], byte[], byte[]> info = RedisCommands.info("everything");
    AsyncCommand<byte[], byte[], List<byte[]>> toWrite = RedisCommands.config("min-replicas-to-write");
    AsyncCommand<byte[], byte[], List<byte[]>> maxLag = RedisCommands.config("min-replicas-max-lag");
    link.send(List.of(info, toWrite, maxLag)).toCompletableFuture().join();
    try {
      return problems(fields(new String(info.join(), StandardCharsets.UTF_8)), setting(toWrite), setting(maxLag));
    } catch (CompletionException e) {
      return List.of("expected an answer to INFO, but found: " + e.getCause().getMessage());
    }
  }

  static List<String> problems(
      Map<String, String> info, OptionalInt minReplicasToWrite, OptionalInt minReplicasMaxLag) {
    List<String> problems = new ArrayList<>();
    if (!"master".equals(info.get("role"))) {
      problems.add("expected the primary, but found a replica: name the primary");
    }
    if (!"noeviction".equals(info.get("maxmemory_policy"))) {
      problems.add("expected maxmemory-policy noeviction, but found " + info.get("maxmemory_policy")
          + ": with eviction states disappear without a trace; CONFIG SET maxmemory-policy noeviction");
    }
    boolean isAlone = "0".equals(info.getOrDefault("connected_slaves", "0"));
    if (isAlone && !"1".equals(info.get("aof_enabled"))) {
      problems.add("expected a Redis without replicas to keep an append-only file, but it keeps none: a restart would"
          + " lose everything; CONFIG SET appendonly yes");
    }
    if (!isAlone && !replicates(minReplicasToWrite, minReplicasMaxLag)) {
      problems.add("expected a Redis with replicas to write only with one of them close behind: CONFIG SET"
          + " min-replicas-to-write 1 and min-replicas-max-lag " + REPLICA_LAG_MAX_SECONDS);
    }
    return problems;
  }

  // A managed Redis may hide its settings; then its operator is believed.
  private static boolean replicates(OptionalInt toWrite, OptionalInt maxLag) {
    return toWrite.orElse(1) >= 1 && maxLag.orElse(1) <= REPLICA_LAG_MAX_SECONDS && maxLag.orElse(1) > 0;
  }

  private static OptionalInt setting(AsyncCommand<byte[], byte[], List<byte[]>> config) {
    if (config.isCompletedExceptionally() || config.join().size() != 2) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(new String(config.join().get(1), StandardCharsets.US_ASCII)));
  }

  private static Map<String, String> fields(String info) {
    Map<String, String> fields = new HashMap<>();
    info.lines().forEach(line -> {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    });
    return fields;
  }
}
