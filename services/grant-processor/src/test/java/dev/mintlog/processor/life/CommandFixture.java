package dev.mintlog.processor.life;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scope;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.client.Tenant;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.processor.command.AssignedPartition;
import dev.mintlog.processor.command.CommandInFlight;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Commands of one client, one after the other in one partition. */
public final class CommandFixture {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final CodeChallenge CHALLENGE = new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

  public static final Registration REGISTRATION = new Registration(
      new Tenant("default", "https://issuer.example", Map.of(
          "read", new Scope("read", Scope.Kind.API, List.of("api")),
          "offline_access", new Scope("offline_access", Scope.Kind.OFFLINE, List.of())),
          List.of(new SigningKeyRef("key-1", SigningAlgorithm.RS256, Instant.EPOCH))),
      new Client("app", true, Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE,
          GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE), Scopes.of("read", "offline_access"),
          Set.of("https://app.example/cb"), true, Client.TokenPolicy.DEFAULT, Client.RefreshPolicy.DEFAULT,
          Client.DevicePolicy.DEFAULT),
      Revocations.NONE);

  private final AssignedPartition partition;
  private long offset;

  public CommandFixture(AssignedPartition partition) {
    this.partition = partition;
  }

  public static AuthorizationId randomId() {
    return new AuthorizationId("default", randomText());
  }

  public CommandInFlight clientCredentials() {
    return inFlight(new Command.TokenRequest(
        delivery(), "default", "app", new Grant.ClientCredentials(), Optional.empty()), "default/" + randomText());
  }

  public CommandInFlight create(AuthorizationId id) {
    Consent consent = new Consent("app", "alice", Scopes.of("read", "offline_access"), Optional.empty(),
        Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    return inFlight(new Command.CreateAuthorization(
        delivery(), id, consent, Optional.of("https://app.example/cb"), Optional.of(CHALLENGE)), id.key());
  }

  public CommandInFlight redeem(AuthorizationId id) {
    return inFlight(new Command.TokenRequest(delivery(), "default", "app",
        new Grant.AuthorizationCode(id, Optional.of("https://app.example/cb"), Optional.of(CHALLENGE)),
        Optional.empty()), id.key());
  }

  public CommandInFlight refresh(AuthorizationId id, int generation) {
    return inFlight(new Command.TokenRequest(
        delivery(), "default", "app", new Grant.RefreshToken(id, generation), Optional.empty()), id.key());
  }

  public CommandInFlight device(AuthorizationId id, String... userCodeDigests) {
    return inFlight(new Command.CreateDeviceAuthorization(
        delivery(), id, "app", Optional.empty(), List.of(userCodeDigests)), id.key());
  }

  public CommandInFlight signResponse(String content) {
    return inFlight(new Command.SignResponse(delivery(), "default", "app", ResponseKind.TOKEN_INTROSPECTION,
        Optional.empty(), new FurtherClaims(content)), "default/" + randomText());
  }

  public CommandInFlight revokeBefore(String subject) {
    return inFlight(new Command.RevokeBefore(delivery(), "default", "app", Optional.of(subject), Optional.empty()),
        "default/" + randomText());
  }

  /** The same command as it is delivered again, at the same place of the log. */
  public CommandInFlight again(CommandInFlight delivered) {
    return new CommandInFlight(delivered.record(), partition, partition.progress().begin(delivered.record().offset()),
        delivered.command(), 0, delivered.key());
  }

  private Delivery delivery() {
    Instant now = Instant.now();
    return new Delivery(new CommandId(randomText()), new LogPosition("topic", partition.number(), offset), now, now,
        now.plusSeconds(9), 1);
  }

  private CommandInFlight inFlight(Command command, String key) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("token-commands", partition.number(), offset, new byte[0], new byte[0]);
    return new CommandInFlight(record, partition, partition.progress().begin(offset++), command, 0, key);
  }

  private static String randomText() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
