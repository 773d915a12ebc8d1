package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import dev.mintlog.standalone.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mintlog edge} and {@code mintlog processor} as processes of their own, told where things are by file and variables. */
@Timeout(300)
class ServicesApartTest {
  private static final RunningSystem PARTS = RunningSystem.withoutServices();

  @TempDir
  Path dir;

  private final List<Process> processes = new ArrayList<>();

  @AfterAll
  static void stopParts() {
    PARTS.close();
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldServeFromFileAndVariablesAndStopInGoodOrder() throws Exception {
    // Given
    int http = LoopbackPorts.free();
    int edgeHealth = LoopbackPorts.free();
    int processorHealth = LoopbackPorts.free();
    Path edgeFile = yaml(PARTS.edgeTexts(http), Map.of("health.port", Integer.toString(edgeHealth)));
    Path processorFile = yaml(PARTS.processorTexts(), Map.of("health.port", "1"));

    // When
    Process processor = start(Map.of("MINTLOG_HEALTH_PORT", Integer.toString(processorHealth)), "processor", "--config",
        processorFile.toString());
    Process edge = start(Map.of("MINTLOG_CONFIG", edgeFile.toString()), "edge");

    // Then
    awaitReady(processorHealth);
    awaitReady(edgeHealth);
    URI url = URI.create("http://127.0.0.1:" + http);
    assertThat(TokenClient.confidential(url, PARTS.registry().client("service")).clientCredentials().status())
        .isEqualTo(200);
    for (Process process : List.of(edge, processor)) {
      process.destroy();
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "edge      | redis.uri           | redis://127.0.0.1:{free}             | redis.uri",
      "processor | redis.uri           | redis://127.0.0.1:{free}             | redis.uri",
      "edge      | schema-registry.url | http://127.0.0.1:{free}              | 127.0.0.1:{free}",
      "processor | schema-registry.url | http://127.0.0.1:{free}              | 127.0.0.1:{free}",
      "edge      | kafka.bootstrap-servers | 127.0.0.1:{free}                 | kafka.bootstrap-servers",
      "processor | kafka.bootstrap-servers | 127.0.0.1:{free}                 | kafka.bootstrap-servers",
      "edge      | http.prot           | 8080                                 | did you mean http.port?",
      "processor | signing.threads     | many                                 | signing.threads",
      "edge      | registry.public-key | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | registry"})
  void shouldSayInOneLineWhyItDoesNotStart(String service, String key, String value, String said) throws Exception {
    // Given
    String free = Integer.toString(LoopbackPorts.free());
    Map<String, String> texts = service.equals("edge") ? PARTS.edgeTexts(LoopbackPorts.free()) : PARTS.processorTexts();
    Path file = yaml(texts, Map.of("start-wait", "2s", key, value.replace("{free}", free)));

    // When
    Shell.Outcome refused = mintlog(service, "--config", file.toString());

    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(lastWords(refused)).hasSize(1).allSatisfy(line -> assertThat(line)
        .startsWith(service + ": ").contains(said.replace("{free}", free)).doesNotContain("Exception", "\tat "));
    assertThat(refused.err()).doesNotContain(PARTS.channelSecret().text());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "tenants: [{name: default, klients: []}]                                    | klients",
      "tenants: [{name: default, clients: [{id: a, public: true, grantTypes: [passwort]}]}] | passwort",
      "tenants: {                                                                 | ''",
      "''                                                                         | ''"})
  void shouldSayInOneLineWhyARegistryIsNotApplied(String document, String said) throws Exception {
    Path registry = Files.writeString(dir.resolve("registry.yaml"), document);
    Path operator = yaml(PARTS.operatorTexts(), Map.of());

    Shell.Outcome refused = mintlog("registry", "apply", "-f", registry.toString(), "--config", operator.toString());

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(lastWords(refused)).hasSize(1).allSatisfy(line ->
        assertThat(line).startsWith("mintlog registry apply: ").contains(said).doesNotContain("Exception"));
  }

  /** What is on stderr besides the log's own lines, which begin with a time. */
  private static List<String> lastWords(Shell.Outcome outcome) {
    return outcome.err().lines().filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT.*")).toList();
  }

  private static Shell.Outcome mintlog(String... words) {
    List<String> command = new ArrayList<>(UpProcess.ownJvm());
    command.addAll(List.of(words));
    return Shell.run(Checkout.resolve("."), Map.of(), command.toArray(String[]::new));
  }

  private Process start(Map<String, String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>(UpProcess.ownJvm());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(dir.resolve(words[0] + ".log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path yaml(Map<String, String> texts, Map<String, String> instead) throws IOException {
    Map<String, String> all = new java.util.TreeMap<>(texts);
    all.putAll(instead);
    return Files.writeString(Files.createTempFile(dir, "config", ".yaml"), all.entrySet().stream()
        .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n").collect(Collectors.joining()));
  }

  private static void awaitReady(int port) {
    URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> TokenClient.get(ready).status() == 200);
  }
}
