package dev.mintlog.channel.log;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How one topic is kept.
 *
 * @param partitions of the topic
 * @param config its settings, but for what depends on the number of replicas
 */
record TopicSpec(String name, int partitions, Map<String, String> config) {
  static final String FOREVER_MS = "-1";

  static TopicSpec deleted(String name, int partitions, Duration retention, Duration segment) {
    return new TopicSpec(name, partitions, Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
        TopicConfig.SEGMENT_MS_CONFIG, Long.toString(segment.toMillis())));
  }

  /** Settings of the topic on a cluster that keeps that many replicas. */
  Map<String, String> configFor(Replication replication) {
    Map<String, String> all = new TreeMap<>(config);
    all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replication.minInSync()));
    all.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    // Times that the broker takes: nobody can make a command look younger, and clocks are judged by them.
    all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return all;
  }

  /** Replicas and how many of them must have a record before it counts. */
  record Replication(short factor, int minInSync) {
    static Replication of(KafkaSettings settings) {
      return settings.allowSingleReplica() ? new Replication((short) 1, 1) : new Replication((short) 3, 2);
    }
  }
}
