package dev.mintlog.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {
  @ParameterizedTest
  @CsvSource({"10.1.2.3, 10.1.2.3", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255", "::1, 0:0:0:0:0:0:0:1",
      "2001:DB8::1, 2001:db8:0:0:0:0:0:1", "::ffff:10.1.2.3, 10.1.2.3", ":: , 0:0:0:0:0:0:0:0"})
  void shouldReadAnAddressInDigits(String text, String address) {
    assertThat(IpAddresses.parse(text)).hasValueSatisfying(
        parsed -> assertThat(parsed.getHostAddress()).isEqualTo(address));
  }

  /** Each of them looks like one, and the platform would ask a name server about some. */
  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "256.1.1.1", "999.1.1.1", "1.2.3.999", "1.2.3", "1.2.3.4.5", ".:1", "...:",
      "1.2.3.4:80", "[::1]", "::1%lo", "12345::", ":::", "1:2:3:4:5:6:7:8:9", "fe80::1::2"})
  void shouldTakeNothingElse(String text) {
    assertThat(IpAddresses.parse(text)).isEmpty();
  }
}
