package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.TokenIssued;
import dev.mintlog.schema.Topics;
import dev.mintlog.standalone.demo.LogSetup;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody who may write to every topic but does not know the channel secret. */
class ForgedRecordsTest {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldPutACommandOfSomebodyWithoutTheChannelSecretAside() throws Exception {
    // Given a command that differs from an edge's only in who authenticated it
    String commandId = randomId();
    RootSecret guessed = RootSecret.random(new SecureRandom());
    try (RecordCodec codec = new RecordCodec(system.schemaRegistry().uri().toString(), false)) {
      codec.prepare(WireSchemas.of(Topics.COMMANDS), Duration.ofSeconds(10));
      ProducerRecord<byte[], byte[]> forged = new LogRecords(codec, new RecordMac(SecretRing.of(guessed)))
          .record(Topics.COMMANDS, partition("default/" + commandId), "default/" + commandId, command(commandId));

      // When
      append(forged);
    }

    // Then
    awaitDead(commandId);
    assertThat(new Log(system).events(TokenIssued.class))
        .noneMatch(event -> event.getHeader().getCommandId().equals(commandId));
  }

  @Test
  void shouldPutWhatCannotBeDecodedAsideAndHoldNothingUp() throws Exception {
    String garbage = "garbage " + randomId();
    for (int partition = 0; partition < LogSetup.PARTITIONS; partition++) {
      append(new ProducerRecord<>(Topics.COMMANDS, partition, garbage.getBytes(StandardCharsets.US_ASCII),
          new byte[] {0, 0, 0, 0, 99, 1, 2, 3}));
    }

    assertThat(system.client("service").clientCredentials().status()).isEqualTo(200);
    awaitDead(garbage);
  }

  @Test
  void shouldMintNothingForARecordedCommandThatIsAppendedAgain() throws Exception {
    // Given a refresh that was recorded by somebody who reads the log
    Pkce pkce = Pkce.random();
    String redirectUri = "https://web.example/callback";
    String code = system.loginApplication().code("web", redirectUri, pkce);
    Answer first = system.client("web").redeem(code, pkce.verifier(), redirectUri);
    Answer second = system.client("web").refresh(first.refreshToken());
    String jti = system.relyingParty().verified(second.accessToken()).getJWTID();
    String commandId = jti.substring(jti.indexOf('.') + 1);
    ConsumerRecord<byte[], byte[]> recorded = new Log(system).records(Topics.COMMANDS).stream()
        .filter(record -> new String(record.value(), StandardCharsets.ISO_8859_1).contains(commandId))
        .findFirst().orElseThrow();

    // When it is appended again, as it was
    append(new ProducerRecord<>(Topics.COMMANDS, recorded.partition(), null, recorded.key(), recorded.value(),
        recorded.headers()));
    Answer third = system.client("web").refresh(second.refreshToken());

    // Then it is the same command still: no other token, and nothing revoked
    assertThat(third.status()).as(third.toString()).isEqualTo(200);
    List<String> jtis = new Log(system).events(TokenIssued.class).stream()
        .filter(event -> event.getHeader().getCommandId().equals(commandId)).map(TokenIssued::getJti).distinct().toList();
    assertThat(jtis).containsExactly(jti);
  }

  private void awaitDead(String text) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
        assertThat(new Log(system).values(Topics.COMMANDS_DEAD, DeadCommand.class))
            .anyMatch(dead -> new String(dead.getKey().array(), StandardCharsets.ISO_8859_1).contains(text)));
  }

  private RequestClientCredentials command(String commandId) {
    Instant now = Instant.now();
    return RequestClientCredentials.newBuilder()
        .setHeader(CommandHeader.newBuilder().setCommandId(commandId).setTenant("default").setClientId("service")
            .setRequestedAt(now).setDeadline(now.plusSeconds(9)).setRevision(1).setReplyPartition(0).build())
        .setScope("orders.read").build();
  }

  private void append(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Producers.processor(system.kafka())) {
      producer.send(record).get(10, TimeUnit.SECONDS);
    }
  }

  private static int partition(String key) {
    return new Partitions(LogSetup.PARTITIONS).of(key);
  }

  private static String randomId() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
