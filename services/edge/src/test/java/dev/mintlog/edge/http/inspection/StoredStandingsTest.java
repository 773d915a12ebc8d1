package dev.mintlog.edge.http.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.InMemoryStates;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an authorization stands, and what it was got on behalf of: ended is said of what is known to have ended. */
class StoredStandingsTest {
  private static final AuthorizationId OWN = new AuthorizationId("default", "O".repeat(22));
  private static final AuthorizationId ORIGIN = new AuthorizationId("default", "U".repeat(22));

  private final Instant bornAt = Instant.now().minusSeconds(60);
  private final RecordCodec codec = new RecordCodec("mock://stored-standings", true);
  private InMemoryStates states;
  private StoredStandings standings;

  @BeforeEach
  void fill() {
    codec.prepare(WireSchemas.of(Topics.AUTHORIZATIONS), Duration.ofSeconds(10));
    SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
    Sealer sealer = new Sealer(channel, Direction.REDIS);
    Opener opener = new Opener(channel, Direction.REDIS);
    Partitions partitions = new Partitions(TestRegistry.PARTITIONS);
    RedisStates values = new RedisStates(codec, sealer, opener);
    Markers markers = new Markers(sealer, opener);
    states = new InMemoryStates(new UserCodePointers(sealer, opener), values, markers, partitions);
    standings = new StoredStandings(new StoredAuthorizations(states, values, markers, partitions));
    put(ORIGIN, active(consent()));
    put(OWN, active(consent().onBehalf(ORIGIN)));
  }

  @AfterEach
  void close() throws Exception {
    codec.close();
  }

  private static Consent consent() {
    return new Consent("app", "alice-1", Scopes.of("openid", "offline_access"), Optional.empty(), Optional.empty(),
        List.of(), Optional.empty(), Optional.empty());
  }

  private Active active(Consent consent) {
    return new Active(HandleKind.REFRESH_TOKEN, consent, Rotation.first(bornAt));
  }

  private Authorization put(AuthorizationId id, AuthorizationState state) {
    Authorization authorization = Authorization.born(id, state,
        new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, 0), new Answer.Done()), bornAt,
        Instant.now().plusSeconds(900));
    states.put(authorization);
    return authorization;
  }

  private static CodeIssued unredeemed() {
    return new CodeIssued(consent(), Optional.empty(), Optional.empty(), Instant.now().plusSeconds(60));
  }

  private Checked<Consent> found() {
    AtomicReference<Checked<Consent>> told = new AtomicReference<>();
    standings.find(TestRegistry.snapshot(), OWN, Runnable::run, told::set);
    return told.get();
  }

  private Checked<AuthorizationId> originFound() {
    AtomicReference<Checked<AuthorizationId>> told = new AtomicReference<>();
    standings.findOrigin(TestRegistry.snapshot(), OWN, Runnable::run, told::set);
    return told.get();
  }

  private static Refusal refusal(Checked<?> checked) {
    return checked.match(value -> {
      throw new AssertionError("expected a refusal, but found " + value);
    }, refusal -> refusal);
  }

  private static void assertEnded(Checked<?> checked) {
    assertThat(refusal(checked).error()).isEqualTo(TokenError.INVALID_GRANT.code());
  }

  private static void assertNotKnown(Checked<?> checked) {
    assertThat(refusal(checked).status()).isEqualTo(503);
    assertThat(refusal(checked).retryAfterSeconds()).isPositive();
  }

  private static void assertStands(Checked<?> checked) {
    assertThat(checked).isInstanceOf(Checked.Accepted.class);
  }

  @Test
  void shouldStandWithWhatItWasGotOnBehalfOf() {
    assertStands(found());
    assertStands(originFound());
  }

  @Test
  void shouldHaveEndedWhereTheOriginWasRevokedOrIsGone() {
    Authorization revoked = put(ORIGIN, active(consent()).revoke(RevocationReason.REQUESTED));
    assertEnded(found());
    assertEnded(originFound());

    states.forget(revoked);
    assertEnded(found());
    assertEnded(originFound());
  }

  @Test
  void shouldHaveEndedByItselfAndLeaveThatToTheProcessorWhereTheOriginAloneIsAskedFor() {
    put(OWN, active(consent().onBehalf(ORIGIN)).revoke(RevocationReason.REQUESTED));
    assertEnded(found());
    assertStands(originFound());

    states.forget(put(OWN, active(consent())));
    assertEnded(found());
    assertStands(originFound());
  }

  @Test
  void shouldHaveEndedWhereTheClientIsNotRegisteredForWhoVouchedForTheUser() {
    put(ORIGIN, active(consent().vouchedForBy("https://withdrawn.example")));
    assertEnded(found());
    assertEnded(originFound());

    put(ORIGIN, active(consent()));
    put(OWN, active(consent().onBehalf(ORIGIN).vouchedForBy("https://withdrawn.example")));
    assertEnded(found());
  }

  @Test
  void shouldConcludeNothingWhereTheStateIsOlderThanWhatWasIssued() {
    put(OWN, unredeemed());

    assertNotKnown(found());
  }

  @Test
  void shouldConcludeNothingWhereTheStateOfTheOriginIsOlderThanWhatWasIssued() {
    put(ORIGIN, unredeemed());

    assertNotKnown(found());
    assertNotKnown(originFound());
  }

  @Test
  void shouldConcludeNothingWhereThePrimaryWasWipedOrPromoted() {
    Authorization origin = put(ORIGIN, active(consent()));
    states.unmark(states.partitionOf(origin));
    states.forget(origin);
    assertNotKnown(found());
    assertNotKnown(originFound());

    states.mark(states.partitionOf(origin));
    put(ORIGIN, active(consent()));
    assertStands(found());
    states.promote();
    assertNotKnown(found());
    assertNotKnown(originFound());
  }

  @Test
  void shouldConcludeNothingWithoutRedis() {
    states.vanish();

    assertNotKnown(found());
    assertNotKnown(originFound());
  }
}
