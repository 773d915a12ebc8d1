package dev.mintlog.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.authorization.Authorization.Relation;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthorizationTest {

  @Test
  void shouldGrowItsVersionWithEachCommitAndWithTheLog() {
    Authorization born = Play.withHandle().authorization();
    long atOffset9 = born.next(born.state(), applied(9), born.keptUntil()).version();
    long atOffset10 = born.next(born.state(), applied(10), born.keptUntil()).version();
    assertThat(atOffset9).isGreaterThan(born.version());
    assertThat(atOffset10).isGreaterThan(atOffset9);
  }

  /** Two histories that parted when a primary lost its last writes must not meet again at one version. */
  @Test
  void shouldHaveTheHigherVersionWhereTheLaterCommandIs() {
    Authorization common = Play.withHandle().authorization();
    Authorization formerOwners = common.next(common.state(), applied(20), common.keptUntil());
    for (int moves = 0; moves < 6; moves++) {
      formerOwners = formerOwners.next(formerOwners.state(), formerOwners.applied(), common.keptUntil());
    }
    Authorization owners = common.next(common.state(), applied(21), common.keptUntil());
    assertThat(owners.version()).isGreaterThan(formerOwners.version());
  }

  @Test
  void shouldGrowItsVersionWhereATopicBeginsAnew() {
    Authorization old = Play.withHandle().authorization();
    Applied elsewhere = new Applied(Given.commandId(1), new LogPosition("another", 0, 0), old.applied().answer());
    assertThat(old.next(old.state(), elsewhere, old.keptUntil()).version()).isEqualTo(old.version() + 1);
  }

  @Test
  void shouldNeverBeKeptForLessLongThanBefore() {
    Authorization before = Play.withHandle().authorization();
    assertThat(before.next(before.state(), applied(9), Given.NOON).keptUntil()).isEqualTo(before.keptUntil());
  }

  @Test
  void shouldRecogniseCommandsByIdAndOrderThemByPosition() {
    Authorization at5 = withApplied(5);
    assertThat(at5.relationTo(Given.commandId(5), new LogPosition("any", 9, 999))).isEqualTo(Relation.SAME);
    assertThat(at5.relationTo(Given.commandId(4), new LogPosition(Given.TOPIC, 0, 4))).isEqualTo(Relation.EARLIER);
    assertThat(at5.relationTo(Given.commandId(6), new LogPosition(Given.TOPIC, 0, 6))).isEqualTo(Relation.NEW);
    assertThat(at5.relationTo(Given.commandId(4), new LogPosition(Given.TOPIC, 1, 4))).isEqualTo(Relation.NEW);
    assertThat(at5.relationTo(Given.commandId(4), new LogPosition("another", 0, 4))).isEqualTo(Relation.NEW);
  }

  @Test
  void shouldNameAnAuthorizationByTenantAndDigest() {
    assertThat(AuthorizationId.ofKey(Given.ID.key())).isEqualTo(Given.ID);
    assertThatThrownBy(() -> new AuthorizationId("a/b", "A".repeat(22))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuthorizationId("default", "short")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuthorizationId.ofKey("nokey")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldMoveAWindowForwardsOnly() {
    Rotation rotation = Rotation.first(Given.NOON).next(Given.NOON.plusSeconds(10));
    assertThat(rotation.windowStartsAt(Given.NOON.plusSeconds(5))).isEqualTo(rotation);
    Rotation moved = rotation.windowStartsAt(Given.NOON.plusSeconds(100));
    assertThat(moved.presented(1, Given.NOON.plusSeconds(160), Duration.ofSeconds(60)))
        .isEqualTo(Rotation.Presented.PREVIOUS_IN_GRACE);
    assertThat(moved.presented(1, Given.NOON.plusSeconds(161), Duration.ofSeconds(60)))
        .isEqualTo(Rotation.Presented.REUSED);
  }

  private static Applied applied(long offset) {
    return new Applied(Given.commandId(offset), new LogPosition(Given.TOPIC, 0, offset),
        Play.withHandle().authorization().applied().answer());
  }

  private static Authorization withApplied(long offset) {
    Authorization any = Play.withHandle().authorization();
    return any.next(any.state(), applied(offset), any.keptUntil());
  }
}
