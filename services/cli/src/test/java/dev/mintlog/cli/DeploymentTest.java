package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** deploy/ as far as it can be checked without an engine that runs containers. */
class DeploymentTest {
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{(\\w+):([-?])([^}]*)}");
  private static final RootSecret SECRET = RootSecret.random(new SecureRandom());
  private static final Map<String, String> OPERATOR_EXPORTS =
      Map.of("MINTLOG_REGISTRY_PUBLIC_KEY", RegistryKeys.publicKeyText(SECRET));

  @TempDir
  Path dir;

  @Test
  void shouldBeAcceptedByDockerCompose() throws Exception {
    assumeThat(isInstalled("docker-compose")).as("docker-compose is installed").isTrue();
    Path log = dir.resolve("compose.log");
    ProcessBuilder compose =
        new ProcessBuilder("docker-compose", "-f", Checkout.resolve("deploy/compose.yaml").toString(), "config", "--quiet")
            .redirectErrorStream(true).redirectOutput(log.toFile());
    compose.environment().putAll(OPERATOR_EXPORTS);

    Process process = compose.start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  @Test
  void shouldGiveEveryServiceSettingsItTakes() throws IOException {
    Map<String, ConfigKeys> keys = Map.of("edge-1", EdgeKeys.ALL, "edge-2", EdgeKeys.ALL, "processor-1", ProcessorKeys.ALL,
        "processor-2", ProcessorKeys.ALL, "processor-3", ProcessorKeys.ALL);
    for (Map.Entry<String, ConfigKeys> service : keys.entrySet()) {
      Settings settings = Settings.load(service.getValue(), Optional.empty(), environment(service.getKey()));

      assertThat(settings.describe()).as(service.getKey()).contains("kafka-1:9092", "kafka.allow-single-replica=false");
    }
  }

  @Test
  void shouldGiveTheSetupWhatTheOperatorsCommandsTake() throws IOException {
    assertThat(OperatorSettings.load(OperatorSettings.LOG, Optional.empty(), environment("setup")).describe())
        .contains("kafka-1:9092");
    assertThat(OperatorSettings.load(OperatorSettings.LOG_AND_KEY_ENCRYPTION, Optional.empty(), environment("setup"))
        .describe()).contains("key-encryption.key=");
  }

  @Test
  void shouldHaveARegistryThatItsSetupCanApply() throws IOException {
    // Given the command as the setup's shell sees it
    CommandLine.ParseResult apply = setupCommand("registry apply").subcommand().subcommand();
    String publicUrl = apply.matchedOptionValue("--public-url", null);
    // When
    Map<EntryKey, String> entries =
        RegistryEntries.of(RegistryDocument.parse(Checkout.read("deploy/registry.yaml")), Optional.ofNullable(publicUrl));
    // Then what it registers are tenants of the issuer that the edges are reached by
    assertThat(entries.get(new EntryKey("default", EntryKey.TENANT, "default")))
        .contains("\"issuer\":\"" + environment("edge-1").get("MINTLOG_PUBLIC_URL") + "\"");
    assertThat((Path) apply.matchedOptionValue("--file", null)).hasToString(mountedAt("./registry.yaml"));
  }

  @Test
  void shouldMakeTheTopicsFirstWithACommandThatThereIs() throws IOException {
    assertThat(setupCommand("topics create").subcommand().subcommand().commandSpec().name()).isEqualTo("create");
  }

  @Test
  void shouldBeginWhenTheBrokersAnswerAndReadSecretsAsTheirOwner() {
    for (String service : List.of("setup", "edge-1", "edge-2", "processor-1", "processor-2", "processor-3")) {
      assertThat(service(service).get("user")).as(service).hasToString("${SECRETS_OWNER:-1000:1000}");
    }
    assertThat(service("setup").get("restart")).asString().startsWith("on-failure");
    assertThat(service("setup").get("depends_on")).asString().contains("kafka-1={condition=service_healthy}");
    assertThat(service("kafka-1").get("healthcheck")).isNotNull();
  }

  private static CommandLine.ParseResult setupCommand(String name) {
    String shell = substituted(((List<?>) service("setup").get("command")).get(0).toString());
    String[] words = Stream.of(shell.split("&&")).map(command -> command.split("cli\\.Main ", 2)[1].trim())
        .filter(command -> command.startsWith(name)).findFirst().orElseThrow().replace("'", "").split("\\s+");
    return Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err)).parseArgs(words);
  }

  private static String mountedAt(String file) {
    return ((List<?>) service("setup").get("volumes")).stream().map(Object::toString)
        .filter(volume -> volume.startsWith(file + ":")).findFirst().orElseThrow().split(":")[1];
  }

  private static Map<?, ?> service(String name) {
    Map<String, Object> compose = new Yaml().load(Checkout.read("deploy/compose.yaml"));
    return (Map<?, ?>) ((Map<?, ?>) compose.get("services")).get(name);
  }

  /** What a container of the service would be started with, its secret files being here. */
  private Map<String, String> environment(String service) throws IOException {
    Map<?, ?> declared = (Map<?, ?>) service(service).get("environment");
    Map<String, String> environment = new HashMap<>();
    for (Map.Entry<?, ?> variable : declared.entrySet()) {
      String value = substituted(variable.getValue().toString());
      environment.put(variable.getKey().toString(), value.startsWith("/run/secrets/") ? secretFile(value) : value);
    }
    return environment;
  }

  private String secretFile(String path) throws IOException {
    Path file = dir.resolve(Path.of(path).getFileName());
    return Files.writeString(file, SECRET.text()).toString();
  }

  private static String substituted(String value) {
    Matcher variable = SUBSTITUTED.matcher(value);
    return variable.replaceAll(found -> Matcher.quoteReplacement(found.group(2).equals("-")
        ? OPERATOR_EXPORTS.getOrDefault(found.group(1), found.group(3)) : OPERATOR_EXPORTS.get(found.group(1))));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
  }
}
