package dev.mintlog.processor;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.KafkaReach;
import dev.mintlog.processor.changelog.ChangelogRepair;
import dev.mintlog.processor.command.DeadCommands;
import dev.mintlog.processor.command.TokenCommandConsumer;
import dev.mintlog.processor.life.StepRunner;
import dev.mintlog.processor.redis.PartitionRestores;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.runtime.health.Check;
import dev.mintlog.runtime.health.Health;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a processor says of itself. Redis is a gauge: what needs it waits, and the rest goes on. */
final class ProcessorHealth {
  private ProcessorHealth() {}

  static Health of(KafkaReach kafka, TokenCommandConsumer commands, List<ClockFit> clocks,
      RegisteredSigningKeys keys) {
    Map<String, Supplier<Check>> checks = new LinkedHashMap<>();
    checks.put("kafka", () -> kafka.problem().map(Check::failing).orElseGet(Check::ok));
    checks.put("group", () -> Check.of(commands.isAlive() && commands.hasJoined(), "not in the consumer group"));
    checks.put("clock", () -> clocks.stream().map(ClockFit::problem).flatMap(Optional::stream).findFirst()
        .map(Check::failing).orElseGet(Check::ok));
    checks.put("signing-keys", () -> keys.problem().map(Check::failing).orElseGet(Check::ok));
    return new Health(checks, Map.of());
  }

  static Health gauges(ProcessorLog log, ProcessorStore store, ChangelogRepair repair, StepRunner runner,
      DeadCommands dead, TokenCommandConsumer commands, KeyRotationWatch rotation) {
    RegistryView registry = log.registry();
    PartitionRestores restores = store.restores();
    Map<String, Supplier<?>> gauges = new LinkedHashMap<>();
    gauges.put("registry-revision", () -> registry.current().revision());
    gauges.put("registry-problem", () -> registry.problem().orElse(""));
    gauges.put("key-rotation-problem", () -> rotation.problem().orElse(""));
    gauges.put("redis-problem", store.link()::problem);
    gauges.put("redis-losses", store.link()::losses);
    gauges.put("partitions", () -> commands.owned().size());
    gauges.put("partitions-restored", restores::restored);
    gauges.put("partitions-waiting-for-restore", restores::waiting);
    gauges.put("restore-problem", () -> restores.problems().values().stream().findFirst().orElse(""));
    gauges.put("changelog-records-passed-over", log.changelog()::foreign);
    gauges.put("changelog-states-repaired", repair::repaired);
    gauges.put("changelog-repair-problem", () -> repair.problem().orElse(""));
    gauges.put("commands-in-flight", runner::inFlight);
    gauges.put("paused", commands::isPaused);
    gauges.put("dead-commands", dead::buried);
    return new Health(Map.of(), gauges);
  }
}
