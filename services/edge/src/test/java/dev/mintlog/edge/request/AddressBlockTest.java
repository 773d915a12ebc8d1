package dev.mintlog.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
      "10.0.0.7, 10.0.0.7, true", "10.0.0.7, 10.0.0.8, false", "10.1.0.0/16, 10.1.255.255, true",
      "10.1.0.0/16, 10.2.0.0, false", "192.0.2.128/25, 192.0.2.127, false", "192.0.2.128/25, 192.0.2.200, true",
      "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false", "2001:db8::/33, 2001:db8:7fff::1, true",
      "2001:db8::/33, 2001:db8:8000::1, false", "::ffff:10.0.0.7, 10.0.0.7, true"})
  void shouldContainWhatBeginsAlike(String block, String address, boolean contains) {
    assertThat(AddressBlock.parse(block).orElseThrow().contains(IpAddresses.parse(address).orElseThrow()))
        .isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy", "10.0.0", "10.0.0.7/", "10.0.0.7/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129",
      "10.0.0.0/a", "10.0.0.256"})
  void shouldRefuseWhatIsNone(String text) {
    assertThat(AddressBlock.parse(text)).isEmpty();
  }

  /** Whoever writes 10.0.0.7/8 may have meant one address, and would trust sixteen million. */
  @Test
  void shouldRefuseAnAddressThatDoesNotBeginItsBlock() {
    assertThat(AddressBlock.parse("10.0.0.7/8")).isEmpty();
  }
}
