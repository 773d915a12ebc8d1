package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.schema.AuthorizationChange;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RevokeAuthorization;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A former owner of a partition wakes after others have gone on, and its record comes last. */
class LateChangelogRecordTest {
  private static final String REDIRECT_URI = "https://app.example/cb";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @TempDir
  Path dir;

  @Test
  void shouldKeepRevokedWhatAFormerOwnerRecordsLateAsActive() throws Exception {
    try (RealParts parts = new RealParts(dir)) {
      long revision = parts.apply(RealParts.REGISTRY);
      List<String> ends = new ArrayList<>();
      GrantProcessor processor = parts.processor(StepObserver.NONE, ends::add, Map.of());
      processor.start();
      try (TestEdge edge = new TestEdge(parts, revision)) {
        // Given: a code was redeemed, and what came of it revoked
        AuthorizationId id = TestEdge.randomId();
        int partition = new Partitions(RealParts.PARTITIONS).of(id.key());
        CommandHeader create = edge.header("app");
        edge.ask(id.key(), create, new CreateAuthorization(create, id.value(), "alice", null, REDIRECT_URI, CHALLENGE,
            "n-1", null, null, List.of(), null, null, null, null));
        CommandHeader redeem = edge.header("app");
        assertThat(edge.ask(id.key(), redeem,
            new RedeemCode(redeem, id.value(), REDIRECT_URI, CHALLENGE, null, null)).getOutcome()).isEqualTo("granted");
        CommandHeader revoke = edge.header("app");
        edge.ask(id.key(), revoke, new RevokeAuthorization(revoke, id.value()));
        List<Authorization> recorded = changelog(parts, partition, id);
        Authorization active = recorded.stream().filter(state -> state.state() instanceof Active).findFirst().orElseThrow();
        assertThat(recorded.get(recorded.size() - 1).state()).isInstanceOf(Revoked.class);
        // When: another instance of ours has its record of the active state acknowledged only now
        long late = append(parts, records(parts).record(
            Topics.AUTHORIZATIONS, partition, id.key(), states(parts).change(active)));
        // Then: what compaction keeps is the last record, and that is the revoked state again
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
          List<Authorization> all = changelog(parts, partition, id);
          assertThat(all.get(all.size() - 1).state()).isInstanceOf(Revoked.class);
        });
        // When: nothing older than the late record is left, and Redis forgets
        try (Admin admin = Admins.open(parts.kafka)) {
          admin.deleteRecords(Map.of(new TopicPartition(Topics.AUTHORIZATIONS, partition),
              RecordsToDelete.beforeOffset(late))).all().get();
        }
        assertThat(parts.redis.command("FLUSHALL")).isEqualTo("+OK");
        CommandHeader refresh = edge.header("app");
        TokenReply refreshed = edge.ask(id.key(), refresh, new RefreshToken(refresh, id.value(), 1, null, null));
        // Then
        assertThat(refreshed.getError()).isEqualTo("invalid_grant");
        assertThat(processor.health().report().json()).contains("\"changelog-states-repaired\":1");
      } finally {
        processor.close();
      }
      assertThat(ends).isEmpty();
    }
  }

  private static long append(RealParts parts, ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Producers.processor(parts.kafka)) {
      return producer.send(record).get().offset();
    }
  }

  private static List<Authorization> changelog(RealParts parts, int partition, AuthorizationId id) {
    List<Authorization> found = new ArrayList<>();
    TopicPartition named = new TopicPartition(Topics.AUTHORIZATIONS, partition);
    try (KafkaConsumer<byte[], byte[]> consumer = Consumers.toTheEnd(parts.kafka)) {
      consumer.assign(List.of(named));
      consumer.seekToBeginning(List.of(named));
      long end = consumer.endOffsets(List.of(named)).get(named);
      while (consumer.position(named) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (new String(record.key(), StandardCharsets.UTF_8).equals(id.key())
              && records(parts).read(record) instanceof Reading.Authentic authentic) {
            found.add(states(parts).open(id, (AuthorizationChange) authentic.value()).orElseThrow());
          }
        }
      }
    }
    return found;
  }

  private static LogRecords records(RealParts parts) {
    return new LogRecords(parts.codec, new RecordMac(parts.channel));
  }

  private static ChangelogStates states(RealParts parts) {
    return new ChangelogStates(parts.codec, new Sealer(parts.keyEncryption, Direction.CHANGELOG),
        new Opener(parts.keyEncryption, Direction.CHANGELOG));
  }
}
