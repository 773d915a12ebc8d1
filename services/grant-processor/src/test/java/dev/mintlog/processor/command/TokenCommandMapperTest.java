package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.processor.command.TokenCommandMapper.Addressed;
import dev.mintlog.processor.command.form.NoCommandException;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.CreateDeviceAuthorization;
import dev.mintlog.schema.PollDevice;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RefuseDeviceAuthorization;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.RequestExtensionToken;
import dev.mintlog.schema.RequestOnBehalfOf;
import dev.mintlog.schema.RequestPasswordToken;
import dev.mintlog.schema.RevokeAuthorization;
import dev.mintlog.schema.RevokeBefore;
import dev.mintlog.schema.SignResponse;
import dev.mintlog.schema.SpendProofs;
import dev.mintlog.schema.SpentProof;
import dev.mintlog.schema.TokenReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TokenCommandMapperTest {
  private static final Instant REQUESTED_AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant APPENDED_AT = REQUESTED_AT.plusMillis(3);
  private static final AuthorizationId ID = new AuthorizationId("default", "A".repeat(22));
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final Partitions partitions = new Partitions(8);
  private final TokenCommandMapper mapper =
      new TokenCommandMapper("topic", partitions, new Opener(channel, Direction.COMMAND));
  private final CommandHeader header = new CommandHeader("C".repeat(22), "default", "app", REQUESTED_AT,
      REQUESTED_AT.plusSeconds(9), 5L, 2, List.of(), List.of(), null, null, "", null);

  @Test
  void shouldTakeTimeAndPlaceFromTheLogAndTheRestFromTheHeader() throws Exception {
    // When
    Addressed addressed = map(new PollDevice(header, ID.value(), null));
    // Then
    assertThat(addressed.replyPartition()).isEqualTo(2);
    assertThat(addressed.key()).isEqualTo(ID.key());
    assertThat(addressed.command().delivery().commandId()).isEqualTo(new CommandId("C".repeat(22)));
    assertThat(addressed.command().delivery().position())
        .isEqualTo(new LogPosition("topic", partitions.of(ID.key()), 42));
    assertThat(addressed.command().delivery().requestedAt()).isEqualTo(REQUESTED_AT);
    assertThat(addressed.command().delivery().appendedAt()).isEqualTo(APPENDED_AT);
    assertThat(addressed.command().delivery().deadline()).isEqualTo(REQUESTED_AT.plusSeconds(9));
    assertThat(addressed.command().delivery().revision()).isEqualTo(5);
  }

  @Test
  void shouldTakeTheProofsThatAreSpentFromTheHeader() throws Exception {
    // Given
    Instant until = REQUESTED_AT.plusSeconds(600);
    header.setProofs(List.of(new SpentProof("dpop", "digest", REQUESTED_AT, until)));
    // When
    Command command = map(new RevokeAuthorization(header, ID.value())).command();
    // Then
    assertThat(command.delivery().claims())
        .containsExactly(new ProofClaim(ProofKind.DPOP, "digest", REQUESTED_AT, until));
  }

  @Test
  void shouldTakeWhoVouchedForTheClientFromTheHeader() throws Exception {
    assertThat(map(new RequestClientCredentials(header, null)).command().delivery().clientAssertionIssuer()).isEmpty();
    header.setClientAssertionIssuer("https://platform.example");
    assertThat(map(new RequestClientCredentials(header, null)).command().delivery().clientAssertionIssuer())
        .contains("https://platform.example");
  }

  @Test
  void shouldReadEveryTokenRequest() throws Exception {
    assertThat(grant(new RequestClientCredentials(header, "b a"))).isEqualTo(new Grant.ClientCredentials());
    assertThat(grant(new RedeemCode(header, ID.value(), "https://app.example/cb", CHALLENGE, null, null)))
        .isEqualTo(new Grant.AuthorizationCode(ID, Optional.of("https://app.example/cb"),
            Optional.of(new CodeChallenge(CHALLENGE))));
    assertThat(grant(new RefreshToken(header, ID.value(), 3, null, null))).isEqualTo(new Grant.RefreshToken(ID, 3));
    assertThat(grant(new PollDevice(header, ID.value(), null))).isEqualTo(new Grant.DeviceCode(ID));
    assertThat(grant(new RequestPasswordToken(header, ID.value(), "read", "alice", REQUESTED_AT, "acr",
        List.of("pwd"), "local", null)))
        .isEqualTo(new Grant.Password(ID, "alice", REQUESTED_AT, Optional.of("acr"), List.of("pwd"), "local",
            ClaimValues.NONE));
    Command.TokenRequest request = (Command.TokenRequest) map(new RefreshToken(header, ID.value(), 3, "b a", null)).command();
    assertThat(request.scope()).contains(Scopes.of("a", "b"));
    assertThat(request.details()).isEmpty();
  }

  @Test
  void shouldReadThePartThatATokenIsAskedFor() throws Exception {
    ByteBuffer none = SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID, new CommandId("C".repeat(22)),
        new FurtherClaims("[]"));
    ByteBuffer one = SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID, new CommandId("C".repeat(22)),
        new FurtherClaims("[{\"type\":\"payment\"}]"));

    assertThat(((Command.TokenRequest) map(new RefreshToken(header, ID.value(), 3, null, none)).command()).details())
        .contains(List.of());
    assertThat(((Command.TokenRequest) map(new RedeemCode(header, ID.value(), null, null, null, one)).command()).details())
        .contains(List.of(new AuthorizationDetail("payment", "{\"type\":\"payment\"}")));
  }

  @Test
  void shouldReadOnWhoseBehalfAnApiGoesOn() throws Exception {
    String origin = "O".repeat(22);
    assertThat(grant(new RequestOnBehalfOf(header, ID.value(), origin, "web", "alice", List.of("api"), REQUESTED_AT,
        REQUESTED_AT.plusSeconds(60), List.of("agent"), "app", "read", REQUESTED_AT, "acr", List.of("pwd"), null)))
        .isEqualTo(new Grant.OnBehalfOf(ID, new AuthorizationId(ID.tenant(), origin),
            new SubjectToken(Optional.empty(), "web", "alice", Optional.empty(), List.of("api"), REQUESTED_AT,
                REQUESTED_AT.plusSeconds(60), List.of("agent"), Optional.of("app")),
            Optional.of(REQUESTED_AT), Optional.of("acr"), List.of("pwd"), ClaimValues.NONE));
  }

  @Test
  void shouldReadForWhomAnExtensionVouches() throws Exception {
    // Given
    GrantType type = new GrantType("urn:example:grant-type:ticket");
    ByteBuffer sealed = SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID, new CommandId("C".repeat(22)),
        new FurtherClaims("{\"tier\":\"gold\"}"));
    // Then
    assertThat(grant(new RequestExtensionToken(header, type.value(), true, "a", ID.value(), "alice", REQUESTED_AT,
        "acr", List.of("user"), sealed, "https://idp.example")))
        .isEqualTo(new Grant.Extension(type, true, Optional.of(new Grant.Extension.User(ID, "alice",
            Optional.of(REQUESTED_AT), Optional.of("acr"), List.of("user"),
            ClaimValues.NONE.withText("tier", "gold"), Optional.of("https://idp.example")))));
    assertThat(grant(new RequestExtensionToken(header, type.value(), true, null, null, null, null, null, List.of(),
        null, null))).isEqualTo(new Grant.Extension(type, true, Optional.empty()));
    assertThatThrownBy(() -> grant(new RequestExtensionToken(header, type.value(), true, null, null, "alice", null,
        null, List.of(), null, null))).isInstanceOf(NoCommandException.class);
    assertThatThrownBy(() -> grant(new RequestExtensionToken(header, "authorization_code", true, null, null, null,
        null, null, List.of(), null, null))).isInstanceOf(NoCommandException.class);
  }

  @Test
  void shouldReadEveryCommandOfTheLoginApplication() throws Exception {
    FurtherClaims claims = new FurtherClaims("{\"name\":\"Alice\"}");
    ByteBuffer sealed =
        SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID, new CommandId("C".repeat(22)), claims);
    ByteBuffer details = SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID, new CommandId("C".repeat(22)),
        new FurtherClaims("[{\"type\":\"payment\",\"amount\":12.50}]"));
    Command.CreateAuthorization create = (Command.CreateAuthorization) map(new CreateAuthorization(header, ID.value(),
        "alice", "read", null, CHALLENGE, "n", REQUESTED_AT, "acr", List.of("pwd"), sealed, sealed, details,
        sealed)).command();
    assertThat(create.consent().details())
        .containsExactly(new AuthorizationDetail("payment", "{\"amount\":12.50,\"type\":\"payment\"}"));
    assertThat(create.consent().claims()).contains(claims);
    assertThat(create.consent().userClaims().json()).isEqualTo(claims.json());
    assertThat(create.consent().userInfoClaims().json()).isEqualTo(claims.json());
    assertThat(create.consent().clientId()).isEqualTo("app");
    var approve = (Command.ApproveRequest) map(new ApproveDeviceAuthorization(
        header, ID.value(), "alice", null, null, null, List.of(), sealed, sealed)).command();
    assertThat(approve.claims()).contains(claims);
    assertThat(approve.userClaims().json()).isEqualTo(claims.json());
    assertThat(map(new CreateDeviceAuthorization(header, ID.value(), null, List.of("d1", "d2"))).command())
        .isInstanceOfSatisfying(Command.CreateDeviceAuthorization.class,
            device -> assertThat(device.userCodeDigests()).containsExactly("d1", "d2"));
    assertThat(map(new RefuseDeviceAuthorization(header, ID.value())).command())
        .isInstanceOf(Command.RefuseRequest.class);
    assertThat(map(new RevokeAuthorization(header, ID.value())).command())
        .isInstanceOf(Command.RevokeAuthorization.class);
  }

  @Test
  void shouldReadCommandsThatAreOnNoAuthorization() throws Exception {
    FurtherClaims content = new FurtherClaims("{\"active\":true}");
    ByteBuffer sealed =
        SealedClaims.seal(new Sealer(channel, Direction.COMMAND), new CommandId("C".repeat(22)), content);

    assertThat(map(new RevokeBefore(header, "alice", null)).command())
        .isInstanceOfSatisfying(Command.RevokeBefore.class, revoke -> {
          assertThat(revoke.subject()).contains("alice");
          assertThat(revoke.client()).isEmpty();
          assertThat(revoke.before()).isEqualTo(REQUESTED_AT);
        });
    assertThat(map(new SignResponse(header, "userinfo", "alice", sealed)).command())
        .isInstanceOfSatisfying(Command.SignResponse.class, sign -> {
          assertThat(sign.kind()).isEqualTo(ResponseKind.USERINFO);
          assertThat(sign.content()).isEqualTo(content);
        });
    assertThat(map(new SpendProofs(header)).command()).isInstanceOf(Command.SpendProofs.class);
    assertThatThrownBy(() -> map(new RevokeBefore(header, null, null))).isInstanceOf(NoCommandException.class);
    assertThatThrownBy(() -> map(new SignResponse(header, "token", null, sealed)))
        .as("tokens are not signed this way").isInstanceOf(NoCommandException.class);
    assertThatThrownBy(() -> map(new SignResponse(header, "userinfo", null, null)))
        .isInstanceOf(NoCommandException.class).hasMessageContaining("content");
  }

  @Nested
  class WhatIsNoCommand {
    @Test
    void shouldRefuseACopyInAnotherPartition() {
      // Given
      int another = (partitions.of(ID.key()) + 1) % partitions.count();
      // Then
      assertThatThrownBy(() -> mapper.map(record(ID.key(), another), new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("partition");
    }

    @Test
    void shouldRefuseAKeyOfAnotherAuthorization() {
      // Given
      String key = "default/" + "B".repeat(22);
      // Then
      assertThatThrownBy(() -> mapper.map(record(key, partitions.of(key)), new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("key");
    }

    @Test
    void shouldRefuseAReplyPartitionThatIsNotThere() {
      // Given
      header.setReplyPartition(partitions.count());
      // Then
      assertThatThrownBy(() -> map(new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("reply partition");
    }

    @Test
    void shouldRefuseFieldsThatBreakTheirForm() {
      header.setCommandId("short");
      assertThatThrownBy(() -> map(new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageNotContaining("short");
    }

    @Test
    void shouldRefuseAProofOfAKindThatIsNotKnownHere() {
      // Given
      header.setProofs(List.of(new SpentProof("another", "digest", REQUESTED_AT, REQUESTED_AT)));
      // Then
      assertThatThrownBy(() -> map(new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("kind of proof");
    }

    @Test
    void shouldRefuseMoreProofsThanACommandMaySpend() {
      // Given
      header.setProofs(Collections.nCopies(
          Delivery.CLAIMS_MAX + 1, new SpentProof("dpop", "digest", REQUESTED_AT, REQUESTED_AT)));
      // Then
      assertThatThrownBy(() -> map(new RevokeAuthorization(header, ID.value())))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("at most 16 proofs");
    }

    @Test
    void shouldRefuseClaimsSealedForAnotherCommand() {
      // Given
      ByteBuffer sealed = SealedClaims.seal(new Sealer(channel, Direction.COMMAND), ID,
          new CommandId("D".repeat(22)), new FurtherClaims("{}"));
      // Then
      assertThatThrownBy(() -> map(new ApproveDeviceAuthorization(
          header, ID.value(), "alice", null, null, null, List.of(), sealed, null)))
          .isInstanceOf(NoCommandException.class).hasMessageContaining("claims");
    }

    @Test
    void shouldRefuseARecordOfAnotherKind() {
      assertThatThrownBy(() -> map(new TokenReply())).isInstanceOf(NoCommandException.class)
          .hasMessageContaining("TokenReply");
    }
  }

  private Grant grant(SpecificRecord wire) throws NoCommandException {
    return ((Command.TokenRequest) map(wire).command()).grant();
  }

  private Addressed map(SpecificRecord wire) throws NoCommandException {
    return mapper.map(record(ID.key(), partitions.of(ID.key())), wire);
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, int partition) {
    return new ConsumerRecord<>("token-commands", partition, 42, APPENDED_AT.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME, 0, 0, key.getBytes(StandardCharsets.UTF_8), new byte[0], new RecordHeaders(),
        Optional.empty());
  }
}
