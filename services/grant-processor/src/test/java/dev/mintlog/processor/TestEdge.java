package dev.mintlog.processor;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.SealedTokens;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Sends commands and waits for replies, as an edge does. */
final class TestEdge implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int REPLY_PARTITION = 1;

  private final RealParts parts;
  private final LogRecords records;
  private final Partitions partitions = new Partitions(RealParts.PARTITIONS);
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Opener opener;
  private final Map<String, CompletableFuture<TokenReply>> pending = new ConcurrentHashMap<>();
  private final Thread replies = new Thread(this::readReplies, "test-replies");
  private volatile boolean closed;
  volatile long revision;

  TestEdge(RealParts parts, long revision) {
    this.parts = parts;
    this.revision = revision;
    this.records = new LogRecords(parts.codec, new RecordMac(parts.channel));
    this.opener = new Opener(parts.channel, Direction.REPLY);
    this.producer = Producers.edge(parts.kafka);
    Producers.awaitMetadata(producer, List.of(Topics.COMMANDS), Duration.ofSeconds(10));
    this.consumer = Consumers.assigned(parts.kafka);
    TopicPartition mine = new TopicPartition(Topics.REPLIES, REPLY_PARTITION);
    consumer.assign(List.of(mine));
    consumer.seekToEnd(List.of(mine));
    consumer.position(mine);
    replies.start();
  }

  static String randomText() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static AuthorizationId randomId() {
    return new AuthorizationId("default", randomText());
  }

  CommandHeader header(String clientId) {
    return header(clientId, Duration.ofSeconds(9));
  }

  CommandHeader header(String clientId, Duration deadlineIn) {
    Instant now = Instant.now();
    return new CommandHeader(randomText(), "default", clientId, now, now.plus(deadlineIn), revision, REPLY_PARTITION,
        List.of(), List.of(), null, null, "", null);
  }

  /** Sends a command of this header under the key; the reply to come. */
  CompletableFuture<TokenReply> send(String key, CommandHeader header, SpecificRecord command) {
    CompletableFuture<TokenReply> reply =
        pending.computeIfAbsent(header.getCommandId(), id -> new CompletableFuture<>());
    sendOnly(key, command);
    return reply;
  }

  /** Awaits the answer of {@link #send}. */
  TokenReply ask(String key, CommandHeader header, SpecificRecord command) throws Exception {
    return send(key, header, command).get(20, TimeUnit.SECONDS);
  }

  void sendOnly(String key, SpecificRecord command) {
    producer.send(records.record(Topics.COMMANDS, partitions.of(key), key, command));
  }

  KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  IssuedTokens tokens(TokenReply reply) throws Exception {
    return SealedTokens.open(parts.codec, opener, new CommandId(reply.getCommandId()), reply.getSealedTokens())
        .orElseThrow();
  }

  private void readReplies() {
    try {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (records.read(record) instanceof Reading.Authentic authentic) {
            TokenReply reply = (TokenReply) authentic.value();
            CompletableFuture<TokenReply> waiting = pending.get(reply.getCommandId());
            if (waiting != null) {
              waiting.complete(reply);
            }
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } finally {
      consumer.close();
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    consumer.wakeup();
    replies.join(5_000);
    producer.close(Duration.ofSeconds(1));
  }
}
