package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.UpProcess;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first command of the README, as a new user runs it. */
@Timeout(400)
class MintlogUpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLBACK = "http://127.0.0.1:3000/callback";
  private static UpProcess up;

  @BeforeAll
  static void start() {
    up = UpProcess.shared();
  }

  @Test
  void shouldPrintACurlThatGetsATokenWhenPasted() throws Exception {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();

    Shell.Outcome pasted = Shell.run(up.curl(), Map.of());

    assertThat(pasted.exit()).as(pasted.err()).isZero();
    JsonNode answer = JSON.readTree(pasted.out());
    assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
    JWTClaimsSet claims = new RelyingParty(up.url()).verified(answer.path("access_token").asText());
    assertThat(claims.getIssuer()).isEqualTo(up.url().toString());
    assertThat(claims.getSubject()).isEqualTo("demo-service");
    assertThat(claims.getStringClaim("scope")).isEqualTo(answer.path("scope").asText());
  }

  @Test
  void shouldSayWhatRunsWhenAskedASecondTime() {
    Shell.Outcome second = up.beside("up", "--port", Integer.toString(up.port()), "--dir", up.state().toString());

    assertThat(second.exit()).isZero();
    assertThat(second.out()).contains("Mintlog runs already.", up.url() + "/connect/token", up.curl());
    assertThat(second.err()).isEmpty();
  }

  @Test
  void shouldNameTheOptionWhenItsPortIsTaken() throws Exception {
    Shell.Outcome other = up.beside("up", "--port", Integer.toString(up.port()),
        "--dir", Files.createTempDirectory(up.state().getParent(), "other").toString());

    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err().lines().toList()).hasSize(1);
    assertThat(other.err()).startsWith("mintlog up: port " + up.port() + " is taken").endsWith("another with --port\n");
  }

  @Test
  void shouldPrintTheAuditOfWhatItIssued() throws Exception {
    // Given
    Answer issued = up.client("demo-service").clientCredentials("scope", "orders.read");
    String tokenId = new RelyingParty(up.url()).verified(issued.accessToken()).getJWTID();

    // When
    Shell.Outcome audit = up.beside("audit", "--config", up.state().resolve("mintlog.yaml").toString(),
        "--client", "demo-service", "--limit", "5");

    // Then
    assertThat(audit.exit()).as(audit.err()).isZero();
    assertThat(audit.out().lines().toList()).hasSizeBetween(1, 5).allSatisfy(line ->
        assertThat(JSON.readTree(line).path("clientId").asText()).isEqualTo("demo-service"));
    assertThat(audit.out().lines().filter(line -> line.contains(tokenId)).toList()).hasSize(1)
        .allSatisfy(line -> assertThat(line).contains("\"type\":\"TokenIssued\""));
    assertThat(audit.out()).doesNotContain(issued.accessToken());
  }

  @Test
  void shouldExportWhatItsRegistryHolds() {
    Shell.Outcome export = up.beside("registry", "export", "--config", up.state().resolve("mintlog.yaml").toString());

    assertThat(export.exit()).as(export.err()).isZero();
    assertThat(export.out()).contains("demo-service", "orders.read", "sha256:")
        .doesNotContain(up.secret("demo-service"));
  }

  @Test
  void shouldLeaveNoProcessAndKeepItsState() throws Exception {
    // Given
    Pkce pkce = Pkce.random();
    LoginApplication login = new LoginApplication(up.loginApi(), up.client("demo-login"));
    String code = login.code("demo-web", CALLBACK, pkce, "scope", "openid offline_access orders.read");
    String refreshToken = up.client("demo-web").redeem(code, pkce.verifier(), CALLBACK).text("refresh_token");
    String keys = new RelyingParty(up.url()).keys().toString();
    String secret = up.secret("demo-service");
    String curl = up.curl();
    Set<Long> pids = up.pids();
    assertThat(pids).hasSizeGreaterThanOrEqualTo(4);

    // When
    up.stop();
    List<Long> left = left(pids);
    String lastWords = up.output();
    up.start();

    // Then
    assertThat(left).isEmpty();
    assertThat(lastWords).endsWith("Mintlog stops\n");
    assertThat(up.curl()).isEqualTo(curl);
    assertThat(up.secret("demo-service")).isEqualTo(secret);
    assertThat(new RelyingParty(up.url()).keys().toString()).isEqualTo(keys);
    Answer refreshed = up.client("demo-web").refresh(refreshToken);
    assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
    assertThat(new RelyingParty(up.url()).verified(refreshed.accessToken()).getSubject())
        .isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldStartThroughTheLauncher() throws Exception {
    assumeThat(Checkout.resolve("services/cli/target/built")).as("what the launcher runs is built").exists();
    try (UpProcess launched = UpProcess.ofLauncher().start()) {
      Answer issued = launched.client("demo-service").clientCredentials();
      Set<Long> pids = launched.pids();

      int exit = launched.stop();

      assertThat(issued.status()).isEqualTo(200);
      assertThat(exit).as("128 + SIGTERM").isEqualTo(143);
      assertThat(left(pids)).isEmpty();
    }
  }

  private static List<Long> left(Set<Long> pids) {
    return pids.stream().filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()).toList();
  }
}
