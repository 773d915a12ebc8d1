package dev.mintlog.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That each line does what it says is shown by the whole-system tests. */
class TrustLinesTest {
  @Test
  void shouldNameAStoreToJavaThatLiesInADirectoryWithASpace() throws Exception {
    Path dir = Path.of("/home/o'neil/my files");
    String line = TrustLines.of(new LocalTls(dir.resolve("ca.crt"), dir.resolve("server.crt"), dir.resolve("server.key")))
        .stream().filter(found -> found.startsWith("export JAVA_TOOL_OPTIONS=")).findFirst().orElseThrow();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    Process process = new ProcessBuilder("sh", "-c", line + "\n" + java + " -XshowSettings:properties -version")
        .redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("javax.net.ssl.trustStore = /home/o'neil/my files/trust.p12\n",
        "javax.net.ssl.trustStorePassword = changeit\n");
  }

  @Test
  void shouldHaveThoseForOtherSystemsAsCommentsThatAPosixShellPassesOver() {
    Path dir = Path.of("/home/o'neil/my files");

    assertThat(TrustLines.of(new LocalTls(dir.resolve("ca.crt"), dir.resolve("server.crt"), dir.resolve("server.key"))))
        .contains("#   security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db"
            + " '/home/o'\\''neil/my files/ca.crt'")
        .contains("#   Import-Certificate -FilePath ca.crt -CertStoreLocation Cert:\\CurrentUser\\Root");
  }

  @Test
  void shouldLeaveAPlainPathAsItIs() {
    assertThat(TrustLines.word(Path.of("/srv/mintlog-1/.mintlog/tls/ca.crt"))).isEqualTo("/srv/mintlog-1/.mintlog/tls/ca.crt");
  }

  @Test
  void shouldMakeOneWordOfAPathThatAShellWouldDivide() {
    assertThat(TrustLines.word(Path.of("/home/o'neil/my files/ca.crt"))).isEqualTo("'/home/o'\\''neil/my files/ca.crt'");
  }
}
