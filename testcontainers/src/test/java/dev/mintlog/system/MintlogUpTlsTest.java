package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.UpProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code mintlog up --tls}: every line it prints about trust is pasted, and does what it says. */
@Timeout(400)
class MintlogUpTlsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FETCH_WITH_JAVA = """
      public class Fetch {
        public static void main(String[] args) throws Exception {
          System.out.write(java.net.URI.create(args[0]).toURL().openStream().readAllBytes());
          System.out.flush();
        }
      }
      """;
  private static UpProcess up;

  @TempDir
  Path dir;

  @BeforeAll
  static void start() {
    up = UpProcess.sharedWithTls();
  }

  @Test
  void shouldPrintACurlThatGetsATokenWhenPasted() throws Exception {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();

    Shell.Outcome pasted = Shell.run(up.curl(), Map.of());

    assertThat(pasted.exit()).as(pasted.err()).isZero();
    JsonNode answer = JSON.readTree(pasted.out());
    JWKSet keys = JWKSet.parse(Shell.run("curl -s --cacert " + up.authority().file() + " " + up.url()
        + "/.well-known/jwks.json", Map.of()).out());
    JWTClaimsSet claims = RelyingParty.verified(answer.path("access_token").asText(), keys);
    assertThat(claims.getIssuer()).isEqualTo(up.url().toString()).startsWith("https://localhost:");
  }

  @Test
  void shouldBeServedUnderEachNameOfLoopback() {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();
    for (String host : new String[] {"localhost", "127.0.0.1"}) {
      Shell.Outcome outcome = Shell.run("curl -s --cacert " + up.authority().file() + " https://" + host + ":" + up.port()
          + "/.well-known/openid-configuration", Map.of());

      assertIsTheMetadata(outcome);
    }
  }

  /** And so an assertion may be for a URL of it: both go by the same list. */
  @Test
  void shouldVouchForTheAddressThatItsCertificateIsForToo() {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();
    String address = "https://127.0.0.1:" + up.port();

    Shell.Outcome outcome = Shell.run("curl -s --cacert " + up.authority().file() + " '" + address
        + "/common/discovery/instance?authorization_endpoint=" + address + "/default/oauth2/v2.0/authorize'", Map.of());

    assertThat(outcome.out()).contains(address + "/default/v2.0/.well-known/openid-configuration");
  }

  @Test
  void shouldBeTrustedByNodeAfterItsLine() {
    assumeThat(Shell.has("node")).as("Node.js is installed").isTrue();
    String fetch = "node -e \"fetch('" + metadata() + "').then(a => a.text()).then(console.log)\"";

    assertThat(Shell.run(fetch, Map.of()).exit()).as("without it").isNotZero();
    assertIsTheMetadata(Shell.run(printed("export NODE_EXTRA_CA_CERTS=") + "\n" + fetch, Map.of()));
  }

  @Test
  void shouldBeTrustedByJavaAfterItsLines() throws Exception {
    Path source = Files.writeString(dir.resolve("Fetch.java"), FETCH_WITH_JAVA);
    String fetch = "java " + source + " " + metadata();
    String path = "PATH=" + Path.of(System.getProperty("java.home"), "bin") + ":$PATH\n";

    assertThat(Shell.run(path + fetch, Map.of()).exit()).as("without them").isNotZero();
    assertIsTheMetadata(Shell.run(path + printed("keytool ") + "\n" + printed("export JAVA_TOOL_OPTIONS=") + "\n" + fetch,
        Map.of()));
  }

  /** What .NET on Linux does, too: OpenSSL finds its authorities there. */
  @Test
  void shouldBeTrustedByWhatUsesOpensslAfterItsLine() {
    assumeThat(Shell.has("openssl")).as("openssl is installed").isTrue();
    String connect = "openssl s_client -verify_return_error -connect localhost:" + up.port() + " </dev/null";

    assertThat(Shell.run("unset SSL_CERT_FILE\n" + connect, Map.of()).exit()).as("without it").isNotZero();
    Shell.Outcome outcome = Shell.run(printed("export SSL_CERT_FILE=") + "\n" + connect, Map.of());
    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out()).contains("Verify return code: 0 (ok)");
  }

  /** The line as it is, but for the directories: a test changes nothing of the machine it runs on. */
  @Test
  void shouldBeTrustedByTheWholeMachineAfterItsLine() throws Exception {
    assumeThat(Shell.has("update-ca-certificates") && Shell.has("curl")).as("is Debian's").isTrue();
    Path local = Files.createDirectory(dir.resolve("local"));
    Path all = dir.resolve("all");
    Path hooks = Files.createDirectory(dir.resolve("hooks"));
    String line = printed("sudo ");
    assertThat(line).contains(" /usr/local/share/ca-certificates/mintlog.crt && sudo update-ca-certificates");

    Shell.Outcome outcome = Shell.run("mkdir " + all + "\n" + line.replace("sudo ", "")
        .replace("/usr/local/share/ca-certificates", local.toString())
        .replace("&& update-ca-certificates", "&& update-ca-certificates --localcertsdir " + local + " --etccertsdir " + all
            + " --hooksdir " + hooks), Map.of());

    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(local.resolve("mintlog.crt"))))
        .as("for every program, whoever runs it").isEqualTo("rw-r--r--");
    // With it the directory of links to the machine's own certificates, which are not the test's to delete.
    assertIsTheMetadata(Shell.run("curl -s --cacert " + all.resolve("ca-certificates.crt") + " " + metadata()
        + " && rm -r " + all, Map.of()));
  }

  @Test
  void shouldKeepTheAuthoritysKeyFromOthers() throws Exception {
    Path key = up.authority().file().resolveSibling("ca.key");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
    assertThat(up.output()).doesNotContain("PRIVATE KEY");
  }

  @Test
  void shouldSayWhatRunsWhenAskedASecondTime() {
    Shell.Outcome second = up.beside("up", "--tls", "--port", Integer.toString(up.port()), "--dir", up.state().toString());

    assertThat(second.exit()).isZero();
    assertThat(second.out()).contains("Mintlog runs already.", up.url() + "/connect/token", up.curl(),
        printed("export NODE_EXTRA_CA_CERTS="));
  }

  private static String metadata() {
    return up.url() + "/.well-known/openid-configuration";
  }

  private static void assertIsTheMetadata(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"issuer\":\"" + up.url() + "\"");
  }

  /** The line that begins so. */
  private static String printed(String beginning) {
    return up.output().lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow(
        () -> new AssertionError("expected a line " + beginning + "… in " + up.output()));
  }
}
