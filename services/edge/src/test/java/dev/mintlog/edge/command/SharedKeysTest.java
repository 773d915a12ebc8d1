package dev.mintlog.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedKeysTest {
  private static final long SHARED_FOR_NANOS = SharedKeys.SHARED_FOR.toNanos();

  // Such a clock has no zero, and may be about to overflow.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
  private final SharedKeys keys = new SharedKeys(now::get);

  @Test
  void shouldGiveCommandsOfOneMomentOneKey() {
    // Given
    String first = keys.keyOf("first");

    // When
    now.addAndGet(SHARED_FOR_NANOS - 1);
    String second = keys.keyOf("second");

    // Then
    assertThat(first).isEqualTo("first");
    assertThat(second).isEqualTo("first");
  }

  @Test
  void shouldBeginANewKeyWhenTheTimeOfOneIsOver() {
    // Given
    keys.keyOf("first");

    // When
    now.addAndGet(SHARED_FOR_NANOS);
    String second = keys.keyOf("second");

    // Then
    assertThat(second).isEqualTo("second");
  }

  @Test
  void shouldNotProlongAKeyByGivingIt() {
    // Given
    keys.keyOf("first");
    now.addAndGet(SHARED_FOR_NANOS - 1);
    keys.keyOf("second");

    // When
    now.addAndGet(1);

    // Then
    assertThat(keys.keyOf("third")).isEqualTo("third");
  }
}
