package dev.mintlog.registry.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.key.KeySchedule.Coming;
import dev.mintlog.registry.tenant.SigningKeyPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ROTATE = Duration.ofDays(90);
  private static final Duration ANNOUNCE = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofHours(2);
  private static final SigningKeyPeriods PERIODS = new SigningKeyPeriods(ROTATE, ANNOUNCE, Duration.ofMinutes(5));

  private static PublishedKey key(String kid, SigningAlgorithm algorithm, Instant signFrom) {
    return new PublishedKey("default", kid, algorithm, signFrom, Map.of(), new byte[0], LIFETIME);
  }

  private static KeySchedule oneOfEach(Instant signFrom, PublishedKey... more) {
    List<PublishedKey> keys = new ArrayList<>(List.of(more));
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      keys.add(key("first-" + algorithm, algorithm, signFrom));
    }
    return new KeySchedule(keys, PERIODS);
  }

  @Test
  void shouldAnnounceTheNextKeysInTimeAndNotBefore() {
    KeySchedule schedule = oneOfEach(T0);
    Instant due = T0.plus(ROTATE).minus(ANNOUNCE);

    assertThat(schedule.due(due.minusMillis(1))).isEmpty();
    assertThat(schedule.due(due)).extracting(Coming::algorithm).containsExactly(SigningAlgorithm.values());
    assertThat(schedule.due(due)).extracting(Coming::signFrom).containsOnly(T0.plus(ROTATE));
  }

  @Test
  void shouldAnnounceAsLongWhereNobodyLookedInTime() {
    Instant late = T0.plus(ROTATE).plusSeconds(5);
    assertThat(oneOfEach(T0).due(late)).extracting(Coming::signFrom).containsOnly(late.plus(ANNOUNCE));
  }

  @Test
  void shouldNotAnnounceTwice() {
    KeySchedule schedule =
        oneOfEach(T0, key("second", SigningAlgorithm.ES256, T0.plus(ROTATE)));
    assertThat(schedule.due(T0.plus(ROTATE).minusSeconds(1))).extracting(Coming::algorithm)
        .doesNotContain(SigningAlgorithm.ES256).hasSize(3);
  }

  @Test
  void shouldAnnounceAKeyOfAnAlgorithmThatTheTenantHasNoneFor() {
    KeySchedule schedule = new KeySchedule(List.of(key("k", SigningAlgorithm.RS256, T0)), PERIODS);
    assertThat(schedule.due(T0)).containsExactly(
        new Coming(SigningAlgorithm.PS256, T0.plus(ANNOUNCE)),
        new Coming(SigningAlgorithm.ES256, T0.plus(ANNOUNCE)),
        new Coming(SigningAlgorithm.EDDSA, T0.plus(ANNOUNCE)));
  }

  @Test
  void shouldKeepAKeyUntilItsLastTokenHasEnded() {
    // Given
    Instant next = T0.plus(ROTATE);
    PublishedKey second = key("second", SigningAlgorithm.ES256, next);
    PublishedKey third = key("third", SigningAlgorithm.ES256, next.plus(ROTATE));
    KeySchedule schedule = oneOfEach(T0, second, third);
    Instant over = next.plus(LIFETIME).plus(ANNOUNCE).plus(KeySchedule.LAST_USE_MAX);

    // Then
    assertThat(schedule.over(over.minusMillis(1))).isEmpty();
    assertThat(schedule.over(over)).extracting(PublishedKey::kid).containsExactly("first-ES256");
  }

  @Test
  void shouldNeverTakeAwayTheLastKey() {
    assertThat(oneOfEach(T0).over(T0.plus(ROTATE.multipliedBy(100)))).isEmpty();
  }

  @Test
  void shouldRotateAtOnceWhereAnOperatorAsks() {
    Set<SigningAlgorithm> wanted = EnumSet.of(SigningAlgorithm.ES256);
    Instant now = T0.plusSeconds(60);

    assertThat(oneOfEach(T0).next(wanted, now))
        .containsExactly(new Coming(SigningAlgorithm.ES256, now.plus(ANNOUNCE)));
    assertThat(oneOfEach(T0, key("coming", SigningAlgorithm.ES256, now.plusMillis(1))).next(wanted, now)).isEmpty();
    assertThat(oneOfEach(T0, key("come", SigningAlgorithm.ES256, now)).next(wanted, now)).hasSize(1);
  }

  @Test
  void shouldHaveAnotherSignAtOnceInPlaceOfTheOneInForce() {
    PublishedKey before = key("before", SigningAlgorithm.RS256, T0);
    PublishedKey inForce = key("in-force", SigningAlgorithm.RS256, T0.plusSeconds(1000));
    PublishedKey announced = key("announced", SigningAlgorithm.RS256, T0.plusSeconds(9000));
    KeySchedule schedule = new KeySchedule(List.of(announced, inForce, before), PERIODS);
    Instant now = T0.plusSeconds(2000);

    assertThat(schedule.inPlaceOf(inForce, now))
        .contains(new Coming(SigningAlgorithm.RS256, now.minus(KeySchedule.BACKDATED)));
    assertThat(schedule.inPlaceOf(before, now)).isEmpty();
    assertThat(schedule.inPlaceOf(announced, now)).isEmpty();
  }

  @Test
  void shouldNotHaveTheKeyBeforeSignAgainInPlaceOfAYoungOne() {
    PublishedKey before = key("before", SigningAlgorithm.RS256, T0);
    PublishedKey inForce = key("in-force", SigningAlgorithm.RS256, T0.plusSeconds(2));

    assertThat(new KeySchedule(List.of(before, inForce), PERIODS).inPlaceOf(inForce, T0.plusSeconds(3)))
        .contains(new Coming(SigningAlgorithm.RS256, T0.plusMillis(1)));
  }
}
