package dev.mintlog.channel.log;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers as the promises need them: all replicas acknowledge, nothing twice, nothing out of order. */
public final class Producers {
  /** Forgotten metadata would fail an edge's first command after a quiet time, since its sends never wait. */
  private static final Duration METADATA_IDLE_MAX = Duration.ofDays(3_650);
  private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  private Producers() {}

  /** Never blocks: a full buffer or an unknown topic fails at once, and the edge answers 503. */
  public static KafkaProducer<byte[], byte[]> edge(KafkaSettings settings) {
    Properties properties = exact(settings);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "0");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
    // Nobody waits longer for a command's answer than an edge does.
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "8000");
    return open(properties);
  }

  /** Waits, bounded, and retries long: a processor that cannot write pauses and loses nothing. */
  public static KafkaProducer<byte[], byte[]> processor(KafkaSettings settings) {
    Properties properties = exact(settings);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
    return open(properties);
  }

  /**
   * For the registry: one transaction per revision.
   *
   * @param transactionalId fixed; who begins second fences who began first
   */
  public static KafkaProducer<byte[], byte[]> transactional(KafkaSettings settings, String transactionalId) {
    Properties properties = exact(settings);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "15000");
    return open(properties);
  }

  /**
   * Fetches the topics' metadata, which a producer that never blocks must have before its first send.
   *
   * @throws ChannelStartException when a topic is not there within the bound
   */
  public static void awaitMetadata(KafkaProducer<byte[], byte[]> producer, List<String> topics, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    for (String topic : topics) {
      while (!hasMetadata(producer, topic)) {
        if (System.nanoTime() > deadline) {
          throw new ChannelStartException("kafka.bootstrap-servers: expected the topic '" + topic + "' within "
              + bound.toSeconds() + " s, but Kafka did not answer or has no such topic");
        }
        pause(topic);
      }
    }
  }

  private static boolean hasMetadata(KafkaProducer<byte[], byte[]> producer, String topic) {
    try {
      return !producer.partitionsFor(topic).isEmpty();
    } catch (RetriableException e) {
      return false;
    }
  }

  private static void pause(String topic) {
    try {
      Thread.sleep(PAUSE_BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelStartException("interrupted while waiting for the topic '" + topic + "'", e);
    }
  }

  private static Properties exact(KafkaSettings settings) {
    Properties properties = settings.common("producer");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // A request in flight is what the next batch gathers behind: faster here than lingering or more in flight.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Long.toString(METADATA_IDLE_MAX.toMillis()));
    return properties;
  }

  private static KafkaProducer<byte[], byte[]> open(Properties properties) {
    return ClientStart.open(properties,
        () -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }
}
