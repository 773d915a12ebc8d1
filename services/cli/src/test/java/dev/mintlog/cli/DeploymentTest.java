package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

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
  void shouldHaveARegistryThatCanBeApplied() {
    assertThat(RegistryDocument.parse(Checkout.read("deploy/registry.yaml"))).isNotNull();
  }

  /** What a container of the service would be started with, its secret files being here. */
  private Map<String, String> environment(String service) throws IOException {
    Map<String, Object> compose = new Yaml().load(Checkout.read("deploy/compose.yaml"));
    Map<?, ?> declared = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) compose.get("services")).get(service)).get("environment");
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
