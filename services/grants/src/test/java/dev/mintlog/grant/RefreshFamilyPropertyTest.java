package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.client.Registration;
import dev.mintlog.fixture.FirstDeliveries;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.grant.RefreshFamilyPropertyTest.Move.Deliver;
import dev.mintlog.grant.RefreshFamilyPropertyTest.Move.Present;
import dev.mintlog.grant.RefreshFamilyPropertyTest.Move.Revoke;
import dev.mintlog.grant.RefreshFamilyPropertyTest.Move.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever a family of refresh handles is told, it does as a model that remembers its whole history does. */
class RefreshFamilyPropertyTest {
  private static final RefreshPolicy ROTATING =
      new RefreshPolicy(Duration.ofHours(8), Duration.ofHours(2), Duration.ofSeconds(60));
  private static final RefreshPolicy REUSING = ROTATING.withoutRotation();

  /** What happens to a family. */
  sealed interface Move {

    /** Somebody presents a handle so many generations behind the current one, so long after the last move. */
    record Present(int behind, int seconds, boolean byOtherClient) implements Move {}

    /** A command is delivered again, so many commands after its first delivery. */
    record Deliver(int back) implements Move {}

    /** The user ends it. */
    record Revoke() implements Move {}

    /** The operator changes the client's policy. */
    record Switch(boolean rotates) implements Move {}
  }

  /** The family as it ought to be, with all that the state does without. */
  private static final class Model {
    private final List<Instant> givenAt = new ArrayList<>();
    private final FirstDeliveries told = new FirstDeliveries();
    private final Instant bornAt;
    private Instant lastGiven;
    private boolean usedWithoutRotation;
    private boolean revoked;

    private Model(Instant bornAt) {
      this.bornAt = bornAt;
      rotated(bornAt);
    }

    private void rotated(Instant at) {
      givenAt.add(at);
      lastGiven = at;
      usedWithoutRotation = false;
    }

    private int current() {
      return givenAt.size();
    }

    private boolean inGrace(int generation, Instant now) {
      return generation >= 1 && !now.isAfter(givenAt.get(generation).plus(ROTATING.graceWindow()));
    }

    private boolean isOver(Instant now) {
      return !now.isBefore(lastGiven.plus(ROTATING.slidingLifetime()))
          || !now.isBefore(bornAt.plus(ROTATING.absoluteLifetime()));
    }
  }

  private static Registration under(boolean rotates) {
    return Given.registration(Given.withRefresh(Given.client(), rotates ? ROTATING : REUSING));
  }

  @Property(tries = 3000)
  void shouldFollowTheModel(@ForAll("moves") List<Move> moves, @ForAll boolean rotatesAtFirst) {
    boolean rotates = rotatesAtFirst;
    Play play = Play.withHandle().nowUnder(under(rotates));
    Model model = new Model(play.now());
    for (Move move : moves) {
      if (move instanceof Present present) {
        present(model, play, present, rotates);
      } else if (move instanceof Deliver deliver) {
        model.told.deliverAgain(play, deliver.back());
      } else if (move instanceof Revoke) {
        play.then(Given::revoke);
        model.told.add(play);
        assertThat(play.answer()).isInstanceOf(Answer.Done.class);
        model.revoked = true;
      } else {
        rotates = ((Switch) move).rotates();
        play = play.nowUnder(under(rotates));
      }
      assertThat(play.state() instanceof Revoked).isEqualTo(model.revoked);
      if (play.state() instanceof Active active) {
        assertThat(active.rotation().generation()).isEqualTo(model.current());
      }
    }
    Statistics.label("ends revoked").collect(model.revoked);
  }

  private static void present(Model model, Play play, Present move, boolean rotates) {
    int generation = Math.max(1, model.current() - move.behind());
    play.after(Duration.ofSeconds(move.seconds())).then(delivery -> move.byOtherClient()
        ? Given.byOtherClient(Given.refresh(delivery, generation))
        : Given.refresh(delivery, generation));
    model.told.add(play);
    if (move.byOtherClient() || model.revoked) {
      refusedWithoutChange(play);
    } else if (generation == model.current()) {
      presentCurrent(model, play, rotates);
    } else if (generation == model.current() - 1 && model.inGrace(generation, play.now())) {
      presentPrevious(model, play);
    } else if (model.inGrace(Math.max(generation, model.current() - 2), play.now())) {
      // The state remembers only the latest windows: for what is older it is as lenient as for those.
      refusedWithoutChange(play);
    } else {
      assertThat(play.denied().revoked()).isTrue();
      model.revoked = true;
    }
  }

  private static void presentCurrent(Model model, Play play, boolean rotates) {
    if (model.isOver(play.now())) {
      refusedWithoutChange(play);
    } else if (rotates) {
      assertThat(play.granted().terms().refresh()).contains(model.current() + 1);
      model.rotated(play.now());
    } else {
      assertThat(play.granted().terms().refresh()).as("the same again").contains(model.current());
      model.lastGiven = play.now();
      model.usedWithoutRotation = true;
    }
  }

  private static void presentPrevious(Model model, Play play) {
    if (model.usedWithoutRotation || model.isOver(play.now())) {
      refusedWithoutChange(play);
    } else {
      assertThat(play.granted().terms().refresh()).as("the same successor").contains(model.current());
    }
  }

  private static void refusedWithoutChange(Play play) {
    assertThat(play.denied().revoked()).isFalse();
    assertThat(play.changedNothing()).isTrue();
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Integer> behind = Arbitraries.frequency(
        Tuple.of(6, 0), Tuple.of(3, 1), Tuple.of(2, 2), Tuple.of(1, 3));
    Arbitrary<Integer> seconds = Arbitraries.frequency(
        Tuple.of(4, 0), Tuple.of(4, 1), Tuple.of(3, 20), Tuple.of(2, 59), Tuple.of(2, 60), Tuple.of(2, 61),
        Tuple.of(2, 3600), Tuple.of(1, 7199), Tuple.of(1, 7200));
    Arbitrary<Move> present = Combinators.combine(behind, seconds,
        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true))).as(Present::new);
    Arbitrary<Move> deliver = Arbitraries.integers().between(0, 4).map(Deliver::new);
    Arbitrary<Move> policy = Arbitraries.of(true, false).map(Switch::new);
    return Arbitraries.frequencyOf(Tuple.of(30, present), Tuple.of(10, deliver), Tuple.of(2, policy),
        Tuple.of(1, Arbitraries.just(new Revoke()))).list().ofMinSize(1).ofMaxSize(25);
  }
}
