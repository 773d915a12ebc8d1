package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityHostsTest {

  @ParameterizedTest
  @CsvSource({"login.example, login.example", "Login.Example, Login.Example", "login.example:443, login.example",
      "login.example:0443, login.example", "login.example:1, login.example:1", "login.example:8443, login.example:8443",
      "login.example:65535, login.example:65535", "127.0.0.1:8443, 127.0.0.1:8443"})
  void shouldLeaveOutThePortWhereItIsTheDefault(String text, String host) {
    assertThat(AuthorityHosts.read(List.of(text))).containsExactly(host);
  }

  @Test
  void shouldTakeAHostOnceThatIsNamedWithTheDefaultPortAndWithout() {
    assertThat(AuthorityHosts.read(List.of("login.example:443", "login.example", "login.example:444")))
        .containsExactly("login.example", "login.example:444");
  }

  @ParameterizedTest
  @ValueSource(strings = {"login.example:0", "login.example:65536", "login.example:99999"})
  void shouldRefuseAPortThatIsNoneInOneLineThatNamesKeyValueAndFix(String text) {
    assertThatThrownBy(() -> AuthorityHosts.read(List.of("other.example", text))).isInstanceOf(ConfigException.class)
        .hasMessage("authority-hosts has '" + text + "', but expected host:port with a port from 1 to 65535, or host alone"
            + " for 443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://login.example", "login.example/", "login..example", "login.example:", "login.example:x",
      "login.example:123456", "user@login.example", "-login.example", ":443"})
  void shouldRefuseWhatIsNoHost(String text) {
    assertThatThrownBy(() -> AuthorityHosts.read(List.of(text))).isInstanceOf(ConfigException.class)
        .hasMessage("authority-hosts has '" + text + "', but expected host or host:port");
  }
}
