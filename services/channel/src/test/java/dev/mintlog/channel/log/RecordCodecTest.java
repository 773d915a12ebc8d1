package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private RegistryDouble registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryDouble();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldDecodeWhatItEncoded() throws Exception {
    RecordCodec codec = prepared();
    RedeemCode command = redeemCode();

    SpecificRecord decoded = codec.decode(Topics.COMMANDS, codec.encode(Topics.COMMANDS, command));

    assertThat(decoded).isEqualTo(command);
    assertThat(((RedeemCode) decoded).getRedirectUri()).isExactlyInstanceOf(String.class);
  }

  @Test
  void shouldWriteByteForByteWhatConfluentsSerializerWrites() throws Exception {
    // Given a codec that knows no id, so that it leaves both ways to Confluent's own classes
    RecordCodec ours = prepared();
    RecordCodec theirs = new RecordCodec(registry.url(), true);

    // When
    byte[] written = ours.encode(Topics.COMMANDS, redeemCode());

    // Then
    assertThat(written).isEqualTo(theirs.encode(Topics.COMMANDS, redeemCode()));
    assertThat(theirs.decode(Topics.COMMANDS, written)).isEqualTo(redeemCode());
  }

  @Test
  void shouldAskTheRegistryNothingOncePrepared() throws Exception {
    // Given
    RecordCodec writer = prepared();
    RecordCodec reader = new RecordCodec(registry.url(), false);
    reader.prepare(WireSchemas.byTopic(), BOUND);
    registry.calls.clear();
    registry.failingWith = 500;

    // When
    TokenReply reply = TokenReply.newBuilder().setCommandId("c").setOutcome("done").build();
    byte[] encoded = writer.encode(Topics.REPLIES, reply);
    byte[] command = writer.encode(Topics.COMMANDS, redeemCode());

    // Then
    assertThat(reader.decode(Topics.REPLIES, encoded)).isEqualTo(reply);
    assertThat(reader.encode(Topics.REPLIES, reply)).isEqualTo(encoded);
    assertThat(reader.decode(Topics.COMMANDS, command)).isEqualTo(redeemCode());
    assertThat(registry.calls).isEmpty();
  }

  @Test
  void shouldPrepareWithOneCallPerType() {
    prepared();
    registry.calls.clear();

    try (RecordCodec reader = new RecordCodec(registry.url(), false)) {
      reader.prepare(WireSchemas.byTopic(), BOUND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }

    assertThat(registry.calls).hasSize(WireSchemas.byTopic().values().stream().mapToInt(java.util.List::size).sum());
  }

  @Test
  void shouldRegisterOneSubjectPerTopicAndTypeWithoutTheGeneratorsAdditions() {
    prepared();

    assertThat(registry.schemaOf("authorizations-dev.mintlog.schema.AuthorizationState"))
        .contains("\"AuthorizationState\"")
        .doesNotContain("avro.java.string");
    assertThat(registry.schemaOf("token-replies-dev.mintlog.schema.IssuedTokens")).contains("accessToken");
  }

  @Test
  void shouldListEveryRecordThatStandsAloneUnderATopic() {
    assertThat(WireSchemas.byTopic()).containsOnlyKeys(Topics.COMMANDS, Topics.REPLIES, Topics.EVENTS,
        Topics.AUTHORIZATIONS, Topics.COMMANDS_DEAD, Topics.REGISTRY);
    assertThat(WireSchemas.byTopic().get(Topics.AUTHORIZATIONS)).contains(AuthorizationState.getClassSchema());
  }

  @Test
  void shouldFailTheStartWithTheUrlWhenNobodyAnswers() {
    String url = registry.url();
    registry.close();

    try (RecordCodec codec = new RecordCodec(url, false)) {
      assertThatThrownBy(() -> codec.prepare(WireSchemas.byTopic(), Duration.ofMillis(300)))
          .isInstanceOf(ChannelStartException.class)
          .hasMessageContaining("schema-registry.url")
          .hasMessageContaining(url)
          .message().doesNotContain("\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldFailTheStartAtOnceWhenASchemaIsNotRegistered() {
    long before = System.nanoTime();

    assertThatThrownBy(() -> new RecordCodec(registry.url(), false).prepare(WireSchemas.byTopic(), BOUND))
        .isInstanceOf(ChannelStartException.class)
        .hasMessageContaining("token-commands-dev.mintlog.schema.")
        .message().doesNotContain("\n");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
  }

  @Test
  void shouldRefuseWhatIsNoRecordOfTheTopic() {
    RecordCodec codec = prepared();
    byte[] reply = codec.encode(Topics.REPLIES, TokenReply.newBuilder().setCommandId("c").setOutcome("done").build());

    assertUndecodable(codec, Topics.COMMANDS, reply);
    assertUndecodable(codec, Topics.REPLIES, Arrays.copyOf(reply, 6));
    assertUndecodable(codec, Topics.REPLIES, new byte[0]);
    assertUndecodable(codec, Topics.REPLIES, null);
    assertUndecodable(codec, Topics.REPLIES, "{\"json\":true}".getBytes());
    assertUndecodable(codec, Topics.REPLIES, ByteBuffer.allocate(9).put((byte) 0).putInt(4711).array());
    assertUndecodable(codec, "another-topic", reply);
  }

  @Test
  void shouldSayThatTheRegistryIsAwayRatherThanBlameTheRecord() {
    byte[] reply = prepared().encode(Topics.REPLIES,
        IssuedTokens.newBuilder().setAccessToken("a").build());
    RecordCodec unprepared = new RecordCodec(registry.url(), false);
    registry.failingWith = 503;

    assertThatThrownBy(() -> unprepared.decode(Topics.REPLIES, reply))
        .isInstanceOf(SchemaRegistryUnavailableException.class);
  }

  @Test
  void shouldReadARecordOfASchemaItWasNotPreparedFor() throws Exception {
    byte[] reply = prepared().encode(Topics.REPLIES, IssuedTokens.newBuilder().setAccessToken("a").build());

    SpecificRecord decoded = new RecordCodec(registry.url(), false).decode(Topics.REPLIES, reply);

    assertThat(decoded).isEqualTo(IssuedTokens.newBuilder().setAccessToken("a").build());
  }

  @Test
  void shouldBindSealedTokensToTheirCommand() throws Exception {
    var ring = dev.mintlog.channel.secret.SecretRing.of(
        dev.mintlog.channel.secret.RootSecret.random(new java.security.SecureRandom()));
    var sealer = new dev.mintlog.channel.seal.Sealer(ring, dev.mintlog.channel.seal.Direction.REPLY);
    var opener = new dev.mintlog.channel.seal.Opener(ring, dev.mintlog.channel.seal.Direction.REPLY);
    var one = new dev.mintlog.authorization.CommandId("A".repeat(22));
    var other = new dev.mintlog.authorization.CommandId("B".repeat(22));
    RecordCodec codec = prepared();
    IssuedTokens tokens = IssuedTokens.newBuilder().setAccessToken("the-access-token").build();

    ByteBuffer sealed = SealedTokens.seal(codec, sealer, one, tokens);

    assertThat(new String(sealed.array(), java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("access");
    assertThat(SealedTokens.open(codec, opener, one, sealed)).contains(tokens);
    assertThat(SealedTokens.open(codec, opener, other, sealed)).isEmpty();
  }

  @Test
  void shouldBindSealedClaimsToKeyAndCommand() {
    var ring = dev.mintlog.channel.secret.SecretRing.of(
        dev.mintlog.channel.secret.RootSecret.random(new java.security.SecureRandom()));
    var sealer = new dev.mintlog.channel.seal.Sealer(ring, dev.mintlog.channel.seal.Direction.COMMAND);
    var opener = new dev.mintlog.channel.seal.Opener(ring, dev.mintlog.channel.seal.Direction.COMMAND);
    var command = new dev.mintlog.authorization.CommandId("A".repeat(22));
    var id = new dev.mintlog.authorization.AuthorizationId("default", "C".repeat(22));
    var claims = new dev.mintlog.authorization.FurtherClaims("{\"email\":\"é@example.com\"}");

    ByteBuffer sealed = SealedClaims.seal(sealer, id, command, claims);

    assertThat(SealedClaims.open(opener, id, command, sealed)).contains(claims);
    assertThat(SealedClaims.open(
        opener, new dev.mintlog.authorization.AuthorizationId("other", "C".repeat(22)), command, sealed)).isEmpty();
  }

  private static void assertUndecodable(RecordCodec codec, String topic, byte[] value) {
    assertThatThrownBy(() -> codec.decode(topic, value)).isInstanceOf(UndecodableRecordException.class);
  }

  private RecordCodec prepared() {
    RecordCodec codec = new RecordCodec(registry.url(), true);
    codec.prepare(WireSchemas.byTopic(), BOUND);
    return codec;
  }

  private static RedeemCode redeemCode() {
    CommandHeader header = CommandHeader.newBuilder()
        .setCommandId("c").setTenant("default").setClientId("client")
        .setRequestedAt(Instant.ofEpochMilli(1)).setDeadline(Instant.ofEpochMilli(2))
        .setRevision(1).setReplyPartition(0).build();
    RedeemCode command = (RedeemCode) SpecificData.get().newRecord(null, RedeemCode.getClassSchema());
    for (Schema.Field field : command.getSchema().getFields()) {
      if (field.schema().getType() == Schema.Type.STRING) {
        command.put(field.pos(), field.name());
      }
    }
    command.setHeader(header);
    command.setRedirectUri("https://app.example/cb");
    return command;
  }
}
