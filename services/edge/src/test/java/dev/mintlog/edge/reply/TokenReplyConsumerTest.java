package dev.mintlog.edge.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.SealedTokens;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenReplyConsumerTest {
  private static final int PARTITION = 2;
  private static final TopicPartition REPLIES = new TopicPartition(Topics.REPLIES, PARTITION);
  private static final String ID = "A".repeat(22);
  private static final long END = 40;

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RecordCodec codec = codec();
  private final LogRecords records = new LogRecords(codec, new RecordMac(channel));
  private final Sealer sealer = new Sealer(channel, Direction.REPLY);
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final PendingReplies pending = new PendingReplies(10, 100, 100, Duration.ofSeconds(10), System::nanoTime);
  private final TokenReplyConsumer consumer =
      new TokenReplyConsumer(kafka, PARTITION, records, codec, new Opener(channel, Direction.REPLY), pending);
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private long offset = END;

  @BeforeEach
  void start() {
    kafka.updateEndOffsets(Map.of(REPLIES, END));
    consumer.start();
    wait(ID);
  }

  @AfterEach
  void stop() {
    consumer.close();
  }

  @Test
  void shouldOpenTheTokensOfAReply() throws Exception {
    receive(granted(ID, SealedTokens.seal(codec, sealer, new CommandId(ID), new IssuedTokens("a.b.c", "i.d.t", null, null))));

    assertThat(next()).isEqualTo(
        new Reply.Granted("a.b.c", java.util.Optional.of("i.d.t"), 3600, "openid", OptionalInt.of(1)));
  }

  @Test
  void shouldOpenASignedResponse() throws Exception {
    receive(reply(ID, "signed").setSealedTokens(
        SealedTokens.seal(codec, sealer, new CommandId(ID), new IssuedTokens("r.s.p", null, null, null))).build());

    assertThat(next()).isEqualTo(new Reply.Signed("r.s.p"));
    assertThat(new Reply.Signed("r.s.p").toString()).doesNotContain("r.s.p");
  }

  @Test
  void shouldReadRefusals() throws Exception {
    receive(reply(ID, "denied").setError("invalid_grant").setErrorDescription("expected another").build());

    assertThat(next()).isEqualTo(new Reply.Denied("invalid_grant", "expected another"));
  }

  @Test
  void shouldSayWhenToPollAgain() throws Exception {
    receive(reply(ID, "pending").setError("slow_down").setIntervalSeconds(10).build());

    assertThat(next()).isInstanceOfSatisfying(Reply.Denied.class, denied -> {
      assertThat(denied.error()).isEqualTo("slow_down");
      assertThat(denied.description()).contains("10 seconds");
    });
  }

  @Test
  void shouldReadBirths() throws Exception {
    receive(reply(ID, "code-created").setExpiresInSeconds(300).build());
    assertThat(next()).isEqualTo(new Reply.CodeCreated(300));

    wait(ID);
    receive(reply(ID, "device-created").setExpiresInSeconds(300).setIntervalSeconds(5).setUserCodeChosen(1).build());
    assertThat(next()).isEqualTo(new Reply.RequestCreated(OptionalInt.of(1), 300, 5));

    wait(ID);
    receive(reply(ID, "done").build());
    assertThat(next()).isEqualTo(new Reply.Done());
  }

  @Test
  void shouldGiveUpWhenTokensWereSealedForAnotherCommand() throws Exception {
    receive(granted(ID,
        SealedTokens.seal(codec, sealer, new CommandId("B".repeat(22)), new IssuedTokens("a.b.c", null, null, null))));

    assertThat(next()).isEqualTo(Unanswered.UNREADABLE);
  }

  @Test
  void shouldGiveUpWhenTheOutcomeIsUnknownHere() throws Exception {
    receive(reply(ID, "of a later version").build());

    assertThat(next()).isEqualTo(Unanswered.UNREADABLE);
    assertThat(consumer.unusable()).isEqualTo(1);
  }

  @Test
  void shouldDropAndCountForgedReplies() throws Exception {
    SecretRing other = SecretRing.of(RootSecret.random(new SecureRandom()));
    receive(new LogRecords(codec, new RecordMac(other)), reply(ID, "denied").setError("invalid_grant").build());
    receive(reply(ID, "done").build());

    assertThat(next()).isEqualTo(new Reply.Done());
    assertThat(consumer.unusable()).isEqualTo(1);
  }

  @Test
  void shouldIgnoreWhatIsForAnotherEdge() throws Exception {
    receive(reply("B".repeat(22), "done").build());
    receive(reply(ID, "done").build());

    assertThat(next()).isEqualTo(new Reply.Done());
    assertThat(pending.foreign()).isEqualTo(1);
  }

  @Test
  void shouldGoOnAfterAFailure() throws Exception {
    kafka.schedulePollTask(() -> kafka.setPollException(new KafkaException("away")));
    await().atMost(Duration.ofSeconds(10)).until(() -> !consumer.isReading());

    receive(reply(ID, "done").build());

    assertThat(next()).isEqualTo(new Reply.Done());
    assertThat(consumer.isReading()).isTrue();
  }

  @Test
  void shouldCloseTheConsumerWhenItStops() {
    consumer.close();

    assertThat(kafka.closed()).isTrue();
    assertThat(consumer.isReading()).isFalse();
  }

  private void wait(String commandId) {
    pending.register(commandId, new ClientKey("default", "app"), Runnable::run, new ReplyListener() {
      @Override
      public void answered(Reply reply) {
        heard.add(reply);
      }

      @Override
      public void unanswered(Unanswered why) {
        heard.add(why);
      }
    });
  }

  private Object next() throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  private void receive(TokenReply reply) {
    receive(records, reply);
  }

  private void receive(LogRecords writer, TokenReply reply) {
    ProducerRecord<byte[], byte[]> sent = writer.record(Topics.REPLIES, PARTITION, (byte[]) null, reply);
    ConsumerRecord<byte[], byte[]> received =
        new ConsumerRecord<>(Topics.REPLIES, PARTITION, offset++, null, sent.value());
    sent.headers().forEach(received.headers()::add);
    kafka.schedulePollTask(() -> kafka.addRecord(received));
  }

  private static TokenReply granted(String commandId, java.nio.ByteBuffer tokens) {
    return reply(commandId, "granted").setSealedTokens(tokens).setExpiresInSeconds(3600).setScope("openid")
        .setRefreshGeneration(1).build();
  }

  private static TokenReply.Builder reply(String commandId, String outcome) {
    return TokenReply.newBuilder().setCommandId(commandId).setOutcome(outcome);
  }

  private static RecordCodec codec() {
    RecordCodec codec = new RecordCodec("mock://replies", true);
    codec.prepare(WireSchemas.of(Topics.REPLIES), Duration.ofSeconds(10));
    return codec;
  }
}
