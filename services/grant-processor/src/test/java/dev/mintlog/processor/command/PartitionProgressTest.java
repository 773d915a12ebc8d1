package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.processor.command.PartitionProgress.Mark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private final PartitionProgress progress = new PartitionProgress();

  @Test
  void shouldHaveNothingToCommitBeforeAnythingWasTaken() {
    assertThat(progress.committable()).isEmpty();
  }

  @Test
  void shouldStayAtTheFirstRecordUntilItIsFinished() {
    // When
    progress.begin(7);
    // Then
    assertThat(progress.committable()).hasValue(7);
  }

  @Test
  void shouldNotMoveOverARecordThatIsNotFinished() {
    // Given
    Mark first = progress.begin(7);
    Mark second = progress.begin(8);
    Mark third = progress.begin(9);
    // When
    progress.finish(second);
    progress.finish(third);
    // Then
    assertThat(progress.committable()).hasValue(7);
    progress.finish(first);
    assertThat(progress.committable()).hasValue(10);
  }

  @Test
  void shouldMoveOverOffsetsThatTheLogSkips() {
    // Given
    Mark first = progress.begin(7);
    Mark second = progress.begin(20);
    // When
    progress.finish(first);
    // Then
    assertThat(progress.committable()).hasValue(8);
    progress.finish(second);
    assertThat(progress.committable()).hasValue(21);
  }

  @Test
  void shouldNeverPassAnUnfinishedRecordWhateverTheOrder() {
    for (int seed = 0; seed < 200; seed++) {
      // Given
      PartitionProgress any = new PartitionProgress();
      List<Integer> order = new ArrayList<>();
      List<Mark> marks = new ArrayList<>();
      for (int offset = 0; offset < 20; offset++) {
        marks.add(any.begin(offset));
        order.add(offset);
      }
      Collections.shuffle(order, new Random(seed));
      TreeSet<Integer> unfinished = new TreeSet<>(order);
      for (int offset : order) {
        // When
        any.finish(marks.get(offset));
        unfinished.remove(offset);
        // Then
        assertThat(any.committable()).as("seed " + seed)
            .hasValue(unfinished.isEmpty() ? 20 : unfinished.first());
      }
    }
  }
}
