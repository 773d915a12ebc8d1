package dev.mintlog.processor.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.processor.changelog.OwnOffsets.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnOffsetsTest {
  private final OwnOffsets offsets = new OwnOffsets();

  @Test
  void shouldKnowOfNoOthersWhereAllIsOurs() {
    offsets.start(5);
    offsets.acknowledged(5);
    offsets.acknowledged(6);

    assertThat(offsets.foreign(7)).isEmpty();
  }

  @Test
  void shouldNameWhatLiesBetweenOurOwn() {
    offsets.start(5);
    offsets.acknowledged(5);
    offsets.acknowledged(8);

    assertThat(offsets.foreign(9)).hasValue(new Range(6, 8));
  }

  @Test
  void shouldNameWhatLiesBeyondOurLast() {
    offsets.start(5);
    offsets.acknowledged(5);

    assertThat(offsets.foreign(9)).hasValue(new Range(6, 9));
  }

  @Test
  void shouldNameWhatCameBetweenTheTakeoverAndOurFirst() {
    offsets.acknowledged(7);
    assertThat(offsets.foreign(8)).isEmpty();
    offsets.start(5);

    assertThat(offsets.foreign(8)).hasValue(new Range(5, 7));
  }

  @Test
  void shouldKnowWhatWasLookedAt() {
    offsets.start(5);
    offsets.acknowledged(8);
    offsets.looked(7);
    assertThat(offsets.foreign(9)).hasValue(new Range(7, 8));
    offsets.looked(8);

    assertThat(offsets.foreign(9)).isEmpty();
  }

  @Test
  void shouldTakeNoMoreThanTheEndThatWasAskedFor() {
    offsets.start(5);
    offsets.acknowledged(20);

    assertThat(offsets.foreign(9)).hasValue(new Range(5, 9));
  }

  @Test
  void shouldLookAtItsOwnRatherThanRememberMoreRunsThanItsBound() {
    offsets.start(0);
    for (int run = 1; run <= OwnOffsets.RUNS_MAX + 1; run++) {
      offsets.acknowledged(2L * run);
    }

    assertThat(offsets.foreign(3)).hasValue(new Range(0, 3));
    offsets.looked(3);
    assertThat(offsets.foreign(10)).hasValue(new Range(3, 4));
  }

  @Test
  void shouldAgreeWithASetOfOffsetsInWhateverOrderTheyAreAcknowledged() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      BitSet known = new BitSet();
      List<Integer> acknowledged = new ArrayList<>();
      for (int offset = 0; offset < 60; offset++) {
        if (random.nextBoolean()) {
          acknowledged.add(offset);
        }
      }
      Collections.shuffle(acknowledged, random);
      OwnOffsets tried = new OwnOffsets();
      int start = random.nextInt(30);
      int startAt = random.nextInt(acknowledged.size());
      for (int i = 0; i < acknowledged.size(); i++) {
        if (i == startAt) {
          tried.start(start);
        }
        tried.acknowledged(acknowledged.get(i));
        known.set(acknowledged.get(i));
      }
      known.set(0, start);
      for (int from = known.nextClearBit(0); from < 60; from = known.nextClearBit(from)) {
        int next = known.nextSetBit(from);
        int to = next < 0 ? 60 : next;
        assertThat(tried.foreign(60)).as("seed " + seed).hasValue(new Range(from, to));
        tried.looked(to);
        known.set(from, to);
      }
      assertThat(tried.foreign(60)).isEqualTo(Optional.empty());
    }
  }
}
