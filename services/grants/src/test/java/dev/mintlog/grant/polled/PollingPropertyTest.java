package dev.mintlog.grant.polled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.Client;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.FirstDeliveries;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.grant.polled.PollingPropertyTest.Move.Decide;
import dev.mintlog.grant.polled.PollingPropertyTest.Move.Deliver;
import dev.mintlog.grant.polled.PollingPropertyTest.Move.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever a polled request is told, and in whatever order, it does as a model that remembers all of it does. */
class PollingPropertyTest {
  private static final Duration LIFETIME = Client.DevicePolicy.DEFAULT.lifetime();
  private static final Duration INTERVAL = Client.DevicePolicy.DEFAULT.pollingInterval();

  /** RFC 8628 §3.5 and what is said of it in design: a second of tolerance, five more for each poll too soon. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Duration MORE = Duration.ofSeconds(5);
  private static final Duration INTERVAL_MAX = Duration.ofMinutes(5);

  /** Who polls, and how its commands are made. */
  private enum Kind {
    DEVICE(Given::poll, delivery -> Given.approve(delivery, "alice"), Given::refuse, Given::pollBackchannel),
    BACKCHANNEL(Given::pollBackchannel, delivery -> Given.approveBackchannel(delivery, "alice"),
        Given::refuseBackchannel, Given::poll);

    private final Function<Delivery, Command.TokenRequest> poll;
    private final Function<Delivery, Command> approve;
    private final Function<Delivery, Command> refuse;
    private final Function<Delivery, Command.TokenRequest> pollOfTheOther;

    Kind(Function<Delivery, Command.TokenRequest> poll, Function<Delivery, Command> approve,
        Function<Delivery, Command> refuse, Function<Delivery, Command.TokenRequest> pollOfTheOther) {
      this.poll = poll;
      this.approve = approve;
      this.refuse = refuse;
      this.pollOfTheOther = pollOfTheOther;
    }

    private Play asked() {
      return this == DEVICE ? Play.withDevice() : Play.withBackchannel();
    }
  }

  private enum By { ITS_CLIENT, ANOTHER_CLIENT, THE_OTHER_KIND }

  /** What happens to a request. */
  sealed interface Move {

    /** Somebody polls, so long after the last move. */
    record Poll(int seconds, By by) implements Move {}

    /** The user says so. */
    record Decide(boolean approves, int seconds) implements Move {}

    /** What came of it is used: its refresh handle is presented. */
    record Use() implements Move {}

    /** A command is delivered again, so many commands after its first delivery. */
    record Deliver(int back) implements Move {}
  }

  /** The request as it ought to be. */
  private static final class Model {
    private final FirstDeliveries told = new FirstDeliveries();
    private final Instant expiresAt;
    private Duration interval = INTERVAL;
    private Optional<Instant> lastPoll = Optional.empty();
    private Optional<Boolean> approved = Optional.empty();
    private final List<Instant> givenAt = new ArrayList<>();
    private boolean revoked;

    private Model(Instant bornAt) {
      expiresAt = bornAt.plus(LIFETIME);
    }

    private boolean isRedeemed() {
      return !givenAt.isEmpty();
    }

    private boolean isUsed() {
      return givenAt.size() > 1;
    }

    private boolean isExpired(Instant now) {
      return !now.isBefore(expiresAt);
    }

    private boolean isTooSoon(Instant now) {
      return lastPoll.isPresent() && now.isBefore(lastPoll.get().plus(interval).minus(TOLERANCE));
    }

    private boolean isInGrace(Instant now) {
      return !now.isAfter(givenAt.get(Math.max(0, givenAt.size() - 2)).plus(Given.GRACE));
    }
  }

  @Property(tries = 3000)
  void shouldFollowTheModel(@ForAll Kind kind, @ForAll("moves") List<Move> moves) {
    Play play = kind.asked();
    Model model = new Model(play.now());
    for (Move move : moves) {
      if (move instanceof Poll poll) {
        poll(model, play, kind, poll);
      } else if (move instanceof Decide decide) {
        decide(model, play, kind, decide);
      } else if (move instanceof Deliver deliver) {
        model.told.deliverAgain(play, deliver.back());
      } else if (model.isRedeemed() && !model.revoked) {
        play.then(delivery -> Given.refresh(delivery, model.givenAt.size()));
        assertThat(play.granted().terms().refresh()).contains(model.givenAt.size() + 1);
        model.givenAt.add(play.now());
        model.told.add(play);
      }
      assertThat(play.state() instanceof Revoked).isEqualTo(model.revoked);
      assertThat(play.state() instanceof Active).isEqualTo(model.isRedeemed() && !model.revoked);
    }
    Statistics.label("ends").collect(
        model.revoked ? "revoked" : model.isRedeemed() ? "redeemed" : "decided " + model.approved);
    Statistics.label("was slowed down").collect(model.interval.compareTo(INTERVAL) > 0);
  }

  private static void poll(Model model, Play play, Kind kind, Poll move) {
    play.after(Duration.ofSeconds(move.seconds())).then(delivery -> switch (move.by()) {
      case ITS_CLIENT -> kind.poll.apply(delivery);
      case ANOTHER_CLIENT -> Given.byOtherClient(kind.poll.apply(delivery));
      case THE_OTHER_KIND -> kind.pollOfTheOther.apply(delivery);
    });
    model.told.add(play);
    if (move.by() != By.ITS_CLIENT || model.revoked) {
      refusedWithoutChange(play, TokenError.INVALID_GRANT);
    } else if (model.isRedeemed()) {
      pollAgain(model, play);
    } else if (model.isExpired(play.now())) {
      refusedWithoutChange(play, TokenError.EXPIRED_TOKEN);
    } else if (model.approved.isPresent()) {
      pollDecided(model, play);
    } else {
      pollPending(model, play);
    }
  }

  private static void pollPending(Model model, Play play) {
    boolean tooSoon = model.isTooSoon(play.now());
    if (tooSoon) {
      Duration longer = model.interval.plus(MORE);
      model.interval = longer.compareTo(INTERVAL_MAX) > 0 ? INTERVAL_MAX : longer;
    }
    model.lastPoll = Optional.of(play.now());
    assertThat(play.pending()).isEqualTo(new Answer.Pending(
        tooSoon ? TokenError.SLOW_DOWN : TokenError.AUTHORIZATION_PENDING, model.interval));
  }

  private static void pollDecided(Model model, Play play) {
    if (model.approved.get()) {
      assertThat(play.granted().terms().refresh()).contains(1);
      model.givenAt.add(play.now());
    } else {
      refusedWithoutChange(play, TokenError.ACCESS_DENIED);
    }
  }

  private static void pollAgain(Model model, Play play) {
    if (!model.isInGrace(play.now())) {
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.denied().revoked()).isTrue();
      model.revoked = true;
    } else if (model.isUsed()) {
      refusedWithoutChange(play, TokenError.INVALID_GRANT);
    } else {
      assertThat(play.granted().terms().refresh()).as("the same again").contains(1);
    }
  }

  private static void decide(Model model, Play play, Kind kind, Decide move) {
    play.after(Duration.ofSeconds(move.seconds())).then(move.approves() ? kind.approve : kind.refuse);
    model.told.add(play);
    if (model.revoked) {
      refusedWithoutChange(play, TokenError.ALREADY_DECIDED);
    } else if (model.approved.isEmpty() && model.isExpired(play.now())) {
      refusedWithoutChange(play, TokenError.NOT_FOUND);
    } else if (model.approved.orElse(move.approves()) == move.approves()) {
      assertThat(play.answer()).isInstanceOf(Answer.Done.class);
      model.approved = Optional.of(move.approves());
    } else {
      refusedWithoutChange(play, TokenError.ALREADY_DECIDED);
    }
  }

  private static void refusedWithoutChange(Play play, TokenError error) {
    assertThat(play.denied().error()).isEqualTo(error);
    assertThat(play.denied().revoked()).isFalse();
    assertThat(play.changedNothing()).isTrue();
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Integer> seconds = Arbitraries.frequency(
        Tuple.of(3, 0), Tuple.of(3, 1), Tuple.of(3, 3), Tuple.of(5, 4), Tuple.of(5, 5), Tuple.of(3, 9), Tuple.of(3, 14),
        Tuple.of(2, 60), Tuple.of(2, 61), Tuple.of(1, 299), Tuple.of(1, 300));
    Arbitrary<Move> poll = Combinators.combine(seconds, Arbitraries.frequency(Tuple.of(16, By.ITS_CLIENT),
        Tuple.of(1, By.ANOTHER_CLIENT), Tuple.of(1, By.THE_OTHER_KIND))).as(Poll::new);
    Arbitrary<Move> decide = Combinators.combine(
        Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)), Arbitraries.of(0, 1, 30)).as(Decide::new);
    Arbitrary<Move> deliver = Arbitraries.integers().between(0, 4).map(Deliver::new);
    return Arbitraries.frequencyOf(Tuple.of(24, poll), Tuple.of(3, decide), Tuple.of(8, deliver),
        Tuple.of(3, Arbitraries.just(new Move.Use()))).list().ofMinSize(1).ofMaxSize(25);
  }
}
