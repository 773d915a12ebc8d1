package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.Headers;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogRecordsTest {
  private final RecordCodec codec = new RecordCodec("mock://" + UUID.randomUUID(), true);
  private final RecordMac mac = new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom())));
  private final LogRecords records = new LogRecords(codec, mac);
  private final TokenReply reply = TokenReply.newBuilder().setCommandId("c").setOutcome("done").build();

  @BeforeEach
  void prepare() {
    codec.prepare(WireSchemas.byTopic(), Duration.ofSeconds(5));
  }

  @Test
  void shouldReadItsOwnRecords() {
    assertThat(records.read(arrived(records.record(Topics.REPLIES, 3, (String) null, reply))))
        .isEqualTo(new Reading.Authentic(reply));
    ProducerRecord<byte[], byte[]> keyed = records.record(Topics.REPLIES, 3, "default/x", reply);
    assertThat(keyed.partition()).isEqualTo(3);
    assertThat(records.read(arrived(keyed))).isEqualTo(new Reading.Authentic(reply));
  }

  @Test
  void shouldCallARecordForgedWhenItHasNoHeaderOrAnotherMac() {
    ProducerRecord<byte[], byte[]> sent = records.record(Topics.REPLIES, 0, "k", reply);
    LogRecords attacker = new LogRecords(codec, new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom()))));

    assertThat(records.read(arrived(attacker.record(Topics.REPLIES, 0, "k", reply)))).isInstanceOf(Reading.Forged.class);
    assertThat(records.read(arrived(
        new ProducerRecord<>(sent.topic(), 0, null, sent.key(), sent.value(), new RecordHeaders()))))
        .isInstanceOf(Reading.Forged.class);
  }

  @Test
  void shouldCallARecordUndecodableWhenOneOfOursWroteNonsense() {
    byte[] nonsense = {9, 9, 9};
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.MAC, mac.mac(Topics.REPLIES, null, nonsense));

    assertThat(records.read(arrived(new ProducerRecord<>(Topics.REPLIES, 0, null, null, nonsense, headers))))
        .isInstanceOf(Reading.Undecodable.class);
  }

  private static ConsumerRecord<byte[], byte[]> arrived(ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(sent.topic(), sent.partition(), 0, 0, TimestampType.LOG_APPEND_TIME, -1, -1,
        sent.key(), sent.value(), sent.headers(), Optional.empty());
  }
}
