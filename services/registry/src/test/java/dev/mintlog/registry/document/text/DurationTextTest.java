package dev.mintlog.registry.document.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @Test
  void shouldReadWhatItWrites() {
    for (long seconds = 0; seconds < 200_000; seconds += 37) {
      Duration duration = Duration.ofSeconds(seconds);
      assertThat(DurationText.parse(DurationText.write(duration))).contains(duration);
    }
  }

  @Test
  void shouldWriteTheUsualForms() {
    assertThat(DurationText.write(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(DurationText.write(Duration.ofDays(30))).isEqualTo("30d");
    assertThat(DurationText.parse("90s")).contains(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "1 h", "-1s", "1.5h", "30m1h", "99999999999999999999s", "PT1H"})
  void shouldRefuseOtherForms(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
