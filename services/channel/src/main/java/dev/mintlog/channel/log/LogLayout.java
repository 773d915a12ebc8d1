package dev.mintlog.channel.log;

import dev.mintlog.channel.log.TopicSpec.Replication;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The six topics: how they are made, and whether what is there keeps the promises. docs/topics.md says why. */
public final class LogLayout {
  /** How long commands are kept: at least an outage of all processors that revocations must survive. */
  public static final Duration COMMANDS_RETENTION = Duration.ofHours(1);
  public static final Duration REPLIES_RETENTION = Duration.ofMinutes(10);
  public static final Duration DEAD_RETENTION = Duration.ofDays(7);
  /** No authorization may live longer than its changelog. */
  public static final Duration AUTHORIZATIONS_RETENTION = Duration.ofDays(400);
  /** So long every change of an authorization can be read, not only its last: restore needs the tail whole. */
  public static final Duration AUTHORIZATIONS_COMPACTION_LAG = Duration.ofHours(1);

  /** More would cost more than they bring; the number is fixed at creation. */
  public static final int PARTITIONS_MAX = 1_000;

  private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofMillis(20);

  private LogLayout() {}

  private static List<TopicSpec> specs(int partitions) {
    return List.of(
        TopicSpec.deleted(Topics.COMMANDS, partitions, COMMANDS_RETENTION, COMMANDS_RETENTION),
        TopicSpec.deleted(Topics.REPLIES, partitions, REPLIES_RETENTION, REPLIES_RETENTION),
        new TopicSpec(Topics.EVENTS, partitions, Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, TopicSpec.FOREVER_MS,
            TopicConfig.RETENTION_BYTES_CONFIG, TopicSpec.FOREVER_MS)),
        new TopicSpec(Topics.AUTHORIZATIONS, partitions, Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete",
            TopicConfig.RETENTION_MS_CONFIG, Long.toString(AUTHORIZATIONS_RETENTION.toMillis()),
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(AUTHORIZATIONS_COMPACTION_LAG.toMillis()))),
        TopicSpec.deleted(Topics.COMMANDS_DEAD, partitions, DEAD_RETENTION, Duration.ofDays(1)),
        new TopicSpec(Topics.REGISTRY, 1, Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
  }

  /**
   * Makes the topics that are not there yet; leaves those that are as they are.
   *
   * @param partitions of all topics but the registry, 1 to {@link #PARTITIONS_MAX}
   * @return names of the topics made
   * @throws ChannelStartException when Kafka does not answer or refuses
   */
  public static Set<String> create(Admin admin, KafkaSettings settings, int partitions) {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to " + PARTITIONS_MAX + " partitions, but found " + partitions);
    }
    Replication replication = Replication.of(settings);
    List<NewTopic> topics = specs(partitions).stream()
        .map(spec -> new NewTopic(spec.name(), spec.partitions(), replication.factor())
            .configs(spec.configFor(replication)))
        .toList();
    CreateTopicsResult result = admin.createTopics(topics);
    Map<String, Uuid> made = new TreeMap<>();
    result.values().keySet().forEach(name -> {
      Uuid id = made(settings, name, result.topicId(name));
      if (id != null) {
        made.put(name, id);
      }
    });
    awaitVisible(admin, made);
    return made.keySet();
  }

  // The controller made them; the brokers hear of it a moment later, and until then would call them missing.
  private static void awaitVisible(Admin admin, Map<String, Uuid> made) {
    long deadline = System.nanoTime() + Admins.CALL_MAX.toNanos();
    while (!isVisible(admin, made)) {
      if (System.nanoTime() > deadline) {
        throw new ChannelStartException("kafka.bootstrap-servers: expected the brokers to know the topics "
            + made.keySet() + " within " + Admins.CALL_MAX.toSeconds() + " s of their creation, but they do not");
      }
      try {
        Thread.sleep(PAUSE_BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ChannelStartException("interrupted while waiting for the topics " + made.keySet(), e);
      }
    }
  }

  private static boolean isVisible(Admin admin, Map<String, Uuid> made) {
    Map<String, TopicDescription> found = describe(admin, made.keySet());
    return made.entrySet().stream().allMatch(topic -> {
      TopicDescription description = found.get(topic.getKey());
      return description != null
          && description.topicId().equals(topic.getValue())
          && description.partitions().stream().allMatch(partition -> partition.leader() != null);
    });
  }

  private static Uuid made(KafkaSettings settings, String name, KafkaFuture<Uuid> done) {
    try {
      return done.get(Admins.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return null;
      }
      throw new ChannelStartException("kafka.bootstrap-servers: expected Kafka at " + settings.bootstrapServers()
          + " to create the topic '" + name + "', but found: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new ChannelStartException("kafka.bootstrap-servers: expected Kafka at " + settings.bootstrapServers()
          + " to create the topic '" + name + "', but it did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelStartException("interrupted while creating the topic '" + name + "'", e);
    }
  }

  /** {@link #problems(Admin, KafkaSettings, int, Collection)} of all six topics. */
  public static List<String> problems(Admin admin, KafkaSettings settings, int partitions) {
    return problems(admin, settings, partitions, specs(1).stream().map(TopicSpec::name).toList());
  }

  /**
   * What of the topics breaks a promise, one line each; empty where all is well. Checked at each start.
   *
   * @param partitions the count that the registry records
   * @param topics those that the service uses: it need not be allowed to describe others
   * @throws ChannelStartException when Kafka does not answer
   */
  public static List<String> problems(
      Admin admin, KafkaSettings settings, int partitions, Collection<String> topics) {
    Map<String, TopicDescription> found = describe(admin, topics);
    Map<String, Config> configs = configs(admin, found.keySet());
    List<String> problems = new ArrayList<>();
    for (TopicSpec spec : specs(partitions)) {
      if (!topics.contains(spec.name())) {
        continue;
      }
      TopicDescription topic = found.get(spec.name());
      if (topic == null || configs.get(spec.name()) == null) {
        problems.add("topic '" + spec.name() + "' is missing: make it with `mintlog topics create`");
      } else {
        problems.addAll(TopicCheck.problems(spec, topic, configs.get(spec.name()), settings));
      }
    }
    return problems;
  }

  /**
   * How many partitions token-commands has.
   *
   * @throws ChannelStartException when it is not there
   */
  public static int partitions(Admin admin) {
    return topic(admin, Topics.COMMANDS).partitions().size();
  }

  /**
   * How long the changelog of authorizations is kept.
   *
   * @throws ChannelStartException when it is not there
   */
  public static Duration authorizationsKept(Admin admin) {
    Config config = configs(admin, Set.of(Topics.AUTHORIZATIONS)).get(Topics.AUTHORIZATIONS);
    if (config == null) {
      throw missing(Topics.AUTHORIZATIONS);
    }
    return Duration.ofMillis(TopicCheck.number(value(config, TopicConfig.RETENTION_MS_CONFIG)));
  }

  /**
   * The id that the broker gave the topic: positions in it are comparable only among themselves.
   *
   * @throws ChannelStartException when it is not there
   */
  public static String topicId(Admin admin, String topic) {
    return topic(admin, topic).topicId().toString();
  }

  private static TopicDescription topic(Admin admin, String topic) {
    TopicDescription description = describe(admin, List.of(topic)).get(topic);
    if (description == null) {
      throw missing(topic);
    }
    return description;
  }

  private static ChannelStartException missing(String topic) {
    return new ChannelStartException("topic '" + topic + "' is missing: make it with `mintlog topics create`");
  }

  private static Map<String, TopicDescription> describe(Admin admin, Collection<String> topics) {
    Map<String, TopicDescription> found = new TreeMap<>();
    admin.describeTopics(topics).topicNameValues().forEach((name, described) -> {
      TopicDescription description = within(described);
      if (description != null) {
        found.put(name, description);
      }
    });
    return found;
  }

  private static Map<String, Config> configs(Admin admin, Set<String> topics) {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> configs = new TreeMap<>();
    admin.describeConfigs(resources).values().forEach((resource, described) -> {
      Config config = within(described);
      if (config != null) {
        configs.put(resource.name(), config);
      }
    });
    return configs;
  }

  // Null where there is no such topic, or none that we may see.
  private static <T> T within(KafkaFuture<T> future) {
    try {
      return future.get(Admins.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw new ChannelStartException("kafka.bootstrap-servers: expected Kafka to describe its topics, but found: "
          + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new ChannelStartException("kafka.bootstrap-servers: expected Kafka to describe its topics within "
          + Admins.CALL_MAX.toSeconds() + " s, but it did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelStartException("interrupted while asking Kafka about its topics", e);
    }
  }

  static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "" : entry.value();
  }
}
