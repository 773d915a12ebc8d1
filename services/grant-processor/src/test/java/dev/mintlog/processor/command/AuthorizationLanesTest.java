package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthorizationLanesTest {
  private final AuthorizationLanes<String> lanes = new AuthorizationLanes<>();

  @Test
  void shouldLetDifferentAuthorizationsGoOnBesideEachOther() {
    assertThat(lanes.enter("a", "a1")).isTrue();
    assertThat(lanes.enter("b", "b1")).isTrue();
  }

  @Test
  void shouldKeepTheOrderOfOneAuthorization() {
    // Given
    lanes.enter("a", "a1");
    // When
    assertThat(lanes.enter("a", "a2")).isFalse();
    assertThat(lanes.enter("a", "a3")).isFalse();
    // Then
    assertThat(lanes.leave("a")).contains("a2");
    assertThat(lanes.leave("a")).contains("a3");
    assertThat(lanes.leave("a")).isEmpty();
    assertThat(lanes.enter("a", "a4")).isTrue();
  }

  @Test
  void shouldKeepNothingOfLanesThatAreEmpty() {
    // Given
    lanes.enter("a", "a1");
    lanes.enter("a", "a2");
    // When
    lanes.leave("a");
    lanes.leave("a");
    // Then
    assertThat(lanes.size()).isZero();
  }
}
