package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.Client;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
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

/** Whatever a family of refresh handles is told, it does as a model that remembers every rotation does. */
class RefreshFamilyPropertyTest {
  private static final Duration GRACE = Client.RefreshPolicy.DEFAULT.graceWindow();

  /** Somebody presents a handle so many generations behind the current one, so long after the last presentation. */
  record Presentation(int behind, int seconds, boolean byOtherClient) {}

  /** The whole history, which the state does without. */
  private static final class Model {
    private final List<Instant> givenAt = new ArrayList<>();
    private boolean revoked;

    private Model(Instant born) {
      givenAt.add(born);
    }

    private int current() {
      return givenAt.size();
    }

    private Instant supersededAt(int generation) {
      return givenAt.get(generation);
    }
  }

  @Property(tries = 2000)
  void shouldFollowTheModel(@ForAll("presentations") List<Presentation> presentations) {
    Play play = Play.withHandle();
    Model model = new Model(play.now());
    for (Presentation presentation : presentations) {
      int generation = Math.max(1, model.current() - presentation.behind());
      play.after(Duration.ofSeconds(presentation.seconds())).then(delivery -> presentation.byOtherClient()
          ? Given.byOtherClient(Given.refresh(delivery, generation))
          : Given.refresh(delivery, generation));
      expect(model, play, generation, presentation.byOtherClient());
      assertThat(play.state() instanceof Revoked).isEqualTo(model.revoked);
    }
  }

  private static void expect(Model model, Play play, int generation, boolean byOtherClient) {
    if (byOtherClient || model.revoked) {
      assertThat(play.changedNothing()).isTrue();
      assertThat(play.denied().revoked()).isFalse();
    } else if (generation == model.current()) {
      assertThat(play.granted().terms().refresh()).contains(generation + 1);
      model.givenAt.add(play.now());
    } else if (generation == model.current() - 1 && inGrace(model, play, generation)) {
      assertThat(play.granted().terms().refresh()).as("the same successor").contains(generation + 1);
    } else if (inGrace(model, play, Math.min(generation, model.current() - 1))) {
      assertThat(play.answer()).isInstanceOf(Answer.Denied.class);
      assertThat(play.changedNothing()).isTrue();
    } else if (inGrace(model, play, model.current() - 2)) {
      // Older than the previous one but one; the state remembers only that one's window, and is lenient within it.
      assertThat(play.changedNothing()).isTrue();
    } else {
      assertThat(play.denied().revoked()).isTrue();
      model.revoked = true;
    }
  }

  private static boolean inGrace(Model model, Play play, int generation) {
    return generation >= 1 && !play.now().isAfter(model.supersededAt(generation).plus(GRACE));
  }

  @Provide
  Arbitrary<List<Presentation>> presentations() {
    Arbitrary<Integer> behind = Arbitraries.frequency(
        Tuple.of(6, 0), Tuple.of(3, 1), Tuple.of(2, 2),
        Tuple.of(1, 3));
    Arbitrary<Integer> seconds = Arbitraries.of(0, 1, 20, 59, 60, 61, 3600);
    return Combinators.combine(behind, seconds, Arbitraries.frequency(
            Tuple.of(9, false), Tuple.of(1, true)))
        .as(Presentation::new).list().ofMinSize(1).ofMaxSize(25);
  }
}
