package dev.mintlog.processor.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.processor.life.CommandRegistrations.Behind;
import dev.mintlog.processor.life.CommandRegistrations.Found;
import dev.mintlog.processor.life.CommandRegistrations.Refused;
import dev.mintlog.processor.life.CommandRegistrations.Registered;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryRegistrationsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Map<Long, RegistrySnapshot> kept = new HashMap<>();
  private final Map<Long, Instant> superseded = new HashMap<>();
  private final RegistryRegistrations registrations = new RegistryRegistrations(
      () -> kept.get(7L), revision -> Optional.ofNullable(kept.get(revision)),
      revision -> Optional.ofNullable(superseded.get(revision)));

  RegistryRegistrationsTest() {
    kept.put(6L, snapshot(6, "enabled: true"));
    kept.put(7L, snapshot(7, "enabled: true"));
    superseded.put(6L, NOW.minusSeconds(5));
  }

  @Test
  void shouldDecideUnderTheCommandsOwnRevision() {
    assertThat(registrations.find(command("app", 6, NOW, NOW))).isInstanceOfSatisfying(Registered.class,
        found -> assertThat(found.registration().client().enabled()).isTrue());
  }

  @Test
  void shouldLetNewerDisablingWin() {
    // Given
    kept.put(7L, snapshot(7, "enabled: false"));
    // Then
    assertThat(registrations.find(command("app", 6, NOW, NOW))).isInstanceOfSatisfying(Registered.class,
        found -> assertThat(found.registration().client().enabled()).isFalse());
  }

  @Test
  void shouldHaveNothingSignedByAKeyThatWasWithdrawnSince() {
    // Given
    kept.put(6L, snapshot(6, "enabled: true", key("stolen", NOW.minusSeconds(60))));
    kept.put(7L, snapshot(7, "enabled: true", key("fresh", NOW.minusSeconds(30))));
    // Then
    assertThat(registrations.find(command("app", 6, NOW, NOW))).isInstanceOfSatisfying(Registered.class,
        found -> assertThat(found.registration().tenant().signingKeyAt(SigningAlgorithm.RS256, NOW).orElseThrow().kid())
            .isEqualTo("fresh"));
  }

  @Test
  void shouldWaitForARevisionThatHasNotArrived() {
    assertThat(registrations.find(command("app", 8, NOW, NOW))).isInstanceOf(Behind.class);
  }

  @Test
  void shouldRefuseAClientThatIsNotRegistered() {
    assertThat(error(registrations.find(command("nobody", 7, NOW, NOW)))).isEqualTo(TokenError.INVALID_CLIENT);
  }

  @Test
  void shouldHearTheOperatorWhoIsNoClient() {
    Delivery delivery = command("app", 7, NOW, NOW).delivery();
    Command revoke = new Command.RevokeBefore(
        delivery, "default", Command.RevokeBefore.OPERATOR, Optional.of("alice"), Optional.empty());
    Command elsewhere = new Command.RevokeBefore(
        delivery, "nowhere", Command.RevokeBefore.OPERATOR, Optional.of("alice"), Optional.empty());

    assertThat(registrations.find(revoke)).isInstanceOfSatisfying(Registered.class,
        found -> assertThat(found.registration().client().grantTypes()).isEmpty());
    assertThat(registrations.find(elsewhere)).isInstanceOf(Refused.class);
    assertThat(error(registrations.find(command(Command.RevokeBefore.OPERATOR, 7, NOW, NOW))))
        .as("no token for who is no client").isEqualTo(TokenError.INVALID_CLIENT);
  }

  @Test
  void shouldSignForAnApiResourceButGrantItNothing() {
    Delivery delivery = command("app", 7, NOW, NOW).delivery();

    assertThat(registrations.find(new Command.SignResponse(delivery, "default", "api",
        ResponseKind.TOKEN_INTROSPECTION, Optional.empty(), new FurtherClaims("{}")))).isInstanceOf(Registered.class);
    assertThat(error(registrations.find(command("api", 7, NOW, NOW))))
        .isEqualTo(TokenError.INVALID_CLIENT);
  }

  @Test
  void shouldNotAnswerForAnEdgeThatStayedBehind() {
    // Given
    Instant appendedAt = superseded.get(6L).plus(RegistryRegistrations.SUPERSEDED_MAX);
    // Then
    assertThat(registrations.find(command("app", 6, appendedAt, appendedAt))).isInstanceOf(Registered.class);
    assertThat(error(registrations.find(command("app", 6, appendedAt, appendedAt.plusMillis(1)))))
        .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void shouldDecideUnderTheNewestWhereTheCommandsOwnIsNotKept() {
    // Given
    kept.remove(6L);
    // Then
    assertThat(registrations.find(command("app", 6, NOW, NOW))).isInstanceOf(Registered.class);
  }

  @Test
  void shouldNotAnswerForAnEdgeWhoseClockIsAhead() {
    // Given
    Duration most = RegistryRegistrations.SKEW_MAX;
    // Then
    assertThat(registrations.find(command("app", 7, NOW.plus(most), NOW))).isInstanceOf(Registered.class);
    assertThat(error(registrations.find(command("app", 7, NOW.plus(most).plusMillis(1), NOW))))
        .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void shouldRefuseWhateverTheLogTookAfterItsDeadline() {
    // Given
    Instant latest = NOW.plusSeconds(9).plus(RegistryRegistrations.SKEW_MAX);
    Delivery late = command("app", 7, NOW, latest.plusMillis(1)).delivery();
    // Then
    assertThat(registrations.find(command("app", 7, NOW, latest))).isInstanceOf(Registered.class);
    assertThat(error(registrations.find(command("app", 7, NOW, latest.plusMillis(1)))))
        .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    assertThat(error(registrations.find(
        new Command.RevokeAuthorization(late, new AuthorizationId("default", "A".repeat(22)), "app"))))
        .as("a revocation too: who asked for it was told to ask again").isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
  }

  private static TokenError error(Found found) {
    assertThat(found).isInstanceOf(Refused.class);
    return ((Refused) found).answer().error();
  }

  private static Command command(String client, long revision, Instant requestedAt, Instant appendedAt) {
    return new Command.TokenRequest(new Delivery(new CommandId("A".repeat(22)), new LogPosition("topic", 0, 1),
        requestedAt, appendedAt, requestedAt.plusSeconds(9), revision), "default", client,
        new Grant.ClientCredentials(), Optional.empty());
  }

  private static PublishedKey key(String kid, Instant signFrom) {
    return new PublishedKey("default", kid, SigningAlgorithm.RS256, signFrom, Map.of("kty", "RSA"), new byte[0]);
  }

  private static RegistrySnapshot snapshot(long revision, String more, PublishedKey... keys) {
    Map<EntryKey, String> entries = new HashMap<>(RegistryEntries.of(RegistryDocument.parse("""
        tenants:
        - name: default
          issuer: https://issuer.example
          apiResources: [{name: api, scopes: [read]}]
          clients:
          - {id: app, public: true, grantTypes: [device_code], allowedScopes: [read], %s}
        """.formatted(more)), Optional.empty()));
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":4}");
    for (PublishedKey key : keys) {
      entries.put(SigningKeyForm.key(key), SigningKeyForm.write(key));
    }
    return RegistrySnapshot.of(new Revision(revision, NOW, entries.size(), "digest"), entries);
  }
}
