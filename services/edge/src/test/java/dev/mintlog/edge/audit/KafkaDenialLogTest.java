package dev.mintlog.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.EventHeader;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** An edge's own refusals on their way into the log. */
class KafkaDenialLogTest {
  private static final Partitions PARTITIONS = new Partitions(4);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaDenialLog log = new KafkaDenialLog(producer, records(), PARTITIONS);

  private static LogRecords records() {
    RecordCodec codec = new RecordCodec("mock://denial-log", true);
    codec.prepare(WireSchemas.of(Topics.EVENTS), Duration.ofSeconds(5));
    return new LogRecords(codec, new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom()))));
  }

  private static TokenDenied denied() {
    return TokenDenied.newBuilder()
        .setHeader(EventHeader.newBuilder().setEventId("e").setCommandId("c").setOccurredAt(Instant.EPOCH)
            .setTenant("default").setClientId("app").setRevision(1).build())
        .setError("invalid_client")
        .setDescription("expected another")
        .build();
  }

  @Test
  void shouldAppendToThePartitionOfTheKey() {
    log.append(denied());

    assertThat(producer.history()).singleElement().satisfies(sent -> {
      assertThat(sent.topic()).isEqualTo(Topics.EVENTS);
      assertThat(sent.partition()).isEqualTo(PARTITIONS.of("c"));
    });
  }

  @Test
  void shouldCountWhatTheLogDidNotTake() {
    log.append(denied());
    log.append(denied());

    producer.completeNext();
    producer.errorNext(new TimeoutException("no leader"));

    assertThat(log.lost()).isEqualTo(1);
  }
}
