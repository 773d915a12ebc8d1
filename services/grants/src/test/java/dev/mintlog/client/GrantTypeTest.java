package dev.mintlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GrantTypeTest {

  @Test
  void shouldKnowWhatClientsInTheFieldCallADeviceCode() {
    assertThat(GrantType.of("device_code")).isEqualTo(GrantType.DEVICE_CODE);
    assertThat(GrantType.of("urn:ietf:params:oauth:grant-type:device_code")).isEqualTo(GrantType.DEVICE_CODE);
    assertThat(GrantType.of("urn:example:other").value()).isEqualTo("urn:example:other");
  }

  @Test
  void shouldBeVisibleAsciiOfABoundedLength() {
    assertThat(GrantType.isWellFormed("a".repeat(100))).isTrue();
    assertThat(GrantType.isWellFormed("a".repeat(101))).isFalse();
    assertThat(GrantType.isWellFormed("")).isFalse();
    assertThat(GrantType.isWellFormed("a b")).isFalse();
    assertThat(GrantType.isWellFormed("ä")).isFalse();
    assertThatThrownBy(() -> new GrantType("a b")).isInstanceOf(IllegalArgumentException.class);
  }
}
