package dev.mintlog.channel.log;

import dev.mintlog.channel.log.TopicSpec.Replication;
import dev.mintlog.schema.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** Compares a topic with its spec. An operator may keep longer and replicate more, never less. */
final class TopicCheck {
  private TopicCheck() {}

  static List<String> problems(TopicSpec spec, TopicDescription topic, Config config, KafkaSettings settings) {
    List<String> problems = new ArrayList<>();
    checkPartitions(spec, topic, problems);
    checkReplicas(spec, topic, config, settings, problems);
    checkEqual(spec, config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false", problems);
    checkEqual(spec, config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", problems);
    checkCleanup(spec, config, problems);
    checkAtLeast(spec, config, TopicConfig.RETENTION_MS_CONFIG, problems);
    checkAtLeast(spec, config, TopicConfig.RETENTION_BYTES_CONFIG, problems);
    checkAtLeast(spec, config, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, problems);
    return problems;
  }

  // Of token-replies as of the others: an edge draws the partition that it is answered on out of this number.
  private static void checkPartitions(TopicSpec spec, TopicDescription topic, List<String> problems) {
    int found = topic.partitions().size();
    if (found != spec.partitions()) {
      problems.add("topic '" + spec.name() + "': expected " + spec.partitions() + " partitions, but found " + found
          + (spec.name().equals(Topics.REPLIES)
              ? "; answers would go where nothing is" : "; keys would meet in other partitions than before"));
    }
  }

  private static void checkReplicas(
      TopicSpec spec, TopicDescription topic, Config config, KafkaSettings settings, List<String> problems) {
    Replication wanted = Replication.of(settings);
    int replicas = topic.partitions().stream().mapToInt(partition -> partition.replicas().size()).min().orElse(0);
    if (replicas < wanted.factor()) {
      problems.add("topic '" + spec.name() + "': expected " + wanted.factor() + " replicas, but found " + replicas
          + "; for a demo on one machine set kafka.allow-single-replica");
    }
    String minInSync = LogLayout.value(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    if (number(minInSync) < wanted.minInSync()) {
      problems.add(unequal(spec, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "at least " + wanted.minInSync(), minInSync));
    }
  }

  private static void checkEqual(TopicSpec spec, Config config, String name, String expected, List<String> problems) {
    String found = LogLayout.value(config, name);
    if (!found.equals(expected)) {
      problems.add(unequal(spec, name, expected, found));
    }
  }

  private static void checkCleanup(TopicSpec spec, Config config, List<String> problems) {
    String expected = spec.config().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    String found = LogLayout.value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!policies(expected).equals(policies(found))) {
      problems.add(unequal(spec, TopicConfig.CLEANUP_POLICY_CONFIG, expected, found));
    }
  }

  private static void checkAtLeast(TopicSpec spec, Config config, String name, List<String> problems) {
    String expected = spec.config().get(name);
    if (expected == null) {
      return;
    }
    String found = LogLayout.value(config, name);
    if (number(found) < number(expected)) {
      problems.add(unequal(spec, name, "at least " + expected, found));
    }
  }

  // -1 is Kafka's "without end".
  static long number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    long value = Long.parseLong(text);
    return value == -1 ? Long.MAX_VALUE : value;
  }

  private static Set<String> policies(String text) {
    Set<String> policies = new TreeSet<>();
    Arrays.stream(text.split(",")).map(String::trim).filter(policy -> !policy.isEmpty()).forEach(policies::add);
    return policies;
  }

  private static String unequal(TopicSpec spec, String name, String expected, String found) {
    return "topic '" + spec.name() + "': expected " + name + " " + expected + ", but found "
        + (found.isEmpty() ? "none" : found);
  }
}
