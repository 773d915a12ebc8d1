package dev.mintlog.simulation;

import dev.mintlog.fixture.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What everybody shares: chance, time and the story so far. */
final class World {
  static final int PARTITIONS = 2;
  private final Random chance;
  private final boolean tells;
  private final List<String> story = new ArrayList<>();
  private Instant now = Given.NOON;

  World(long seed, boolean tells) {
    this.chance = new Random(seed);
    this.tells = tells;
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  int below(int bound) {
    return chance.nextInt(bound);
  }

  boolean oneIn(int times) {
    return chance.nextInt(times) == 0;
  }

  /** Adds to the story; the arguments are only printed where somebody listens. */
  void tell(String format, Object... arguments) {
    if (tells) {
      story.add(String.format("%9s  ", Duration.between(Given.NOON, now).toMillis() + " ms")
          + String.format(format, arguments));
    }
  }

  List<String> story() {
    return List.copyOf(story);
  }
}
