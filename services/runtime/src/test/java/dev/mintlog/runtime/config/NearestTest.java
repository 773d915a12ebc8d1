package dev.mintlog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void shouldFindTheWordMeant() {
    assertThat(Nearest.to("procesor", List.of("edge", "processor", "up"))).contains("processor");
    assertThat(Nearest.to("UPP", List.of("edge", "processor", "up"))).contains("up");
  }

  @Test
  void shouldSuggestNothingWhereNothingIsNear() {
    assertThat(Nearest.to("restaurant", List.of("edge", "processor", "up"))).isEmpty();
  }
}
