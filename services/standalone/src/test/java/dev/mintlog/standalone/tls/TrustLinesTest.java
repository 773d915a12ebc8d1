package dev.mintlog.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That each line does what it says is shown by the whole-system tests. */
class TrustLinesTest {
  @Test
  void shouldLeaveAPlainPathAsItIs() {
    assertThat(TrustLines.word(Path.of("/srv/mintlog-1/.mintlog/tls/ca.crt"))).isEqualTo("/srv/mintlog-1/.mintlog/tls/ca.crt");
  }

  @Test
  void shouldMakeOneWordOfAPathThatAShellWouldDivide() {
    assertThat(TrustLines.word(Path.of("/home/o'neil/my files/ca.crt"))).isEqualTo("'/home/o'\\''neil/my files/ca.crt'");
  }
}
