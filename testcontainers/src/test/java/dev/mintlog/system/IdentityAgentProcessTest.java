package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.clients.msal.AzToken;
import dev.mintlog.clients.msal.MsalManagedIdentity;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code mintlog identity-agent} as a process, set up by what docs/managed-identity.md has one paste. */
@Timeout(300)
class IdentityAgentProcessTest {
  private static final String DOCUMENT = "docs/managed-identity.md";
  private static final String ORDERS = "https://orders.example";
  // In the tenant default of the tests' registry.
  private static final String BEFORE = "      # Assertions as grants.\n";
  private static final Pattern SERVES = Pattern.compile("identity agent serves on (http://127\\.0\\.0\\.1:\\d+)");
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final int STOP_SECONDS_MAX = 40;

  private final RunningSystem system = RunningSystem.shared();

  @TempDir
  Path dir;

  private Process shell;

  @AfterEach
  void end() throws Exception {
    if (shell != null) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
    system.apply(registry -> registry);
  }

  @Test
  void shouldServeTheIdentityThatTheDocumentedLinesMakeAndStopWhenTold() throws Exception {
    // Given
    launcher();
    shell = paste(block("sh")
        .replace("https://auth.example", system.edge().toString())
        .replace("identity:\n", "identity:\n  port: 0\n"));
    URI agent = awaitServing();
    system.apply(registry -> {
      assertThat(registry).contains(BEFORE);
      return registry.replace(BEFORE, block("yaml").replace("HASH", made("hash")) + BEFORE);
    });
    await().atMost(BOUND).until(() -> ask(agent).status() == 200);

    // When
    AzToken token = AzToken.of(MsalManagedIdentity.ofHost(agent).forResource(ORDERS));

    // Then
    JWTClaimsSet claims = system.relyingParty().verified(token.token());
    assertThat(claims.getSubject()).isEqualTo("backup");
    assertThat(claims.getAudience()).containsExactly(ORDERS);
    assertThat(token.identity()).isEqualTo("backup");
    assertThat(token.tenantId()).isEqualTo("default");
    assertThat(said()).doesNotContain(made("secret"), token.token());
    // And it ends as every service does
    shell.descendants().forEach(ProcessHandle::destroy);
    assertThat(shell.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).as(said()).isTrue();
    assertThat(shell.exitValue()).as("128 + SIGTERM").isEqualTo(143);
  }

  /** {@code ./mintlog} of the directory that the lines are pasted in: the command line on this class path. */
  private void launcher() throws IOException {
    String command = UpProcess.ownJvm().stream().map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
    Path script = Files.writeString(dir.resolve("mintlog"), "#!/bin/sh\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Process paste(String lines) throws IOException {
    assertThat(lines).contains("token-endpoint: " + system.edge(), "port: 0", "./mintlog identity-agent");
    // The line at the end keeps bash from becoming the agent itself.
    return new ProcessBuilder(List.of("bash", "-e", "-c", lines + "exit $?\n")).directory(dir.toFile())
        .redirectInput(new java.io.File("/dev/null")).redirectErrorStream(true)
        .redirectOutput(dir.resolve("said").toFile()).start();
  }

  private URI awaitServing() {
    await().atMost(BOUND).until(() -> !shell.isAlive() || SERVES.matcher(said()).find());
    Matcher line = SERVES.matcher(said());
    assertThat(line.find()).as(said()).isTrue();
    return URI.create(line.group(1));
  }

  private static Answer ask(URI agent) throws Exception {
    return TokenClient.send(HttpRequest.newBuilder(
        agent.resolve("/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + ORDERS))
        .header("Metadata", "true").build());
  }

  /** What {@code mintlog secret} printed under this name. */
  private String made(String name) {
    return read("backup.txt").lines().filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElseThrow();
  }

  private String said() {
    return read("said");
  }

  private String read(String file) {
    try {
      return Files.readString(dir.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The document's only one of a language. */
  private static String block(String language) {
    List<String> found = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(Checkout.read(DOCUMENT)).results().map(block -> block.group(1)).toList();
    assertThat(found).as("blocks of %s in %s", language, DOCUMENT).hasSize(1);
    return found.get(0);
  }
}
