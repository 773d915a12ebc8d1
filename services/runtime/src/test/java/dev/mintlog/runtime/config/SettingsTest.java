package dev.mintlog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final ConfigKey<List<String>> BROKERS = ConfigKey.hostPorts("kafka.bootstrap-servers", "Where Kafka is.");
  private static final ConfigKey<Integer> PORT = ConfigKey.port("http.port", "Port to serve on.").defaultsTo(8080);
  private static final ConfigKey<Duration> WAIT = ConfigKey.duration("reply.wait", Duration.ofMillis(100),
      Duration.ofSeconds(30), "How long to wait for a reply.").defaultsTo(Duration.ofSeconds(8));
  private static final ConfigKey<Boolean> SINGLE = ConfigKey.bool("kafka.one-replica", "Whether one will do.")
      .defaultsTo(false);
  private static final ConfigKey<URI> PUBLIC_URL = ConfigKey.uri("public-url", List.of("https", "http"), "Own URL.")
      .optional();
  private static final ConfigKey<Path> CERTIFICATE = ConfigKey.path("tls.certificate", "PEM file.").optional();
  private static final ConfigKey<Secret> CHANNEL = ConfigKey.secret("channel.secret", "Shared with processors.");
  private static final ConfigKey<List<Secret>> EARLIER = ConfigKey.secrets("channel.earlier-secrets", "Still accepted.")
      .optional();
  private static final ConfigKey<String> PROTOCOL = ConfigKey.oneOf("kafka.group-protocol",
      List.of("classic", "consumer"), "Group protocol.").defaultsTo("classic");
  private static final ConfigKeys KEYS =
      ConfigKeys.of("edge", BROKERS, PORT, WAIT, SINGLE, PUBLIC_URL, CERTIFICATE, CHANNEL, EARLIER, PROTOCOL);

  @TempDir
  Path dir;

  @Nested
  class Reading {
    @Test
    void shouldReadNestedAndDottedNamesOfEveryType() throws IOException {
      // Given
      Path file = yaml("""
          kafka:
            bootstrap-servers: [a:9092, "b:9092"]
            one-replica: true
            group-protocol: consumer
          http.port: 9000
          reply: {wait: 250ms}
          public-url: https://id.example.org
          tls:
            certificate: /etc/tls.pem
          channel:
            secret: hush
            earlier-secrets: [one, two]
          """);

      // When
      Settings settings = Settings.load(KEYS, Optional.of(file), Map.of());

      // Then
      assertThat(settings.get(BROKERS)).containsExactly("a:9092", "b:9092");
      assertThat(settings.get(SINGLE)).isTrue();
      assertThat(settings.get(PROTOCOL)).isEqualTo("consumer");
      assertThat(settings.get(PORT)).isEqualTo(9000);
      assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(250));
      assertThat(settings.find(PUBLIC_URL)).contains(URI.create("https://id.example.org"));
      assertThat(settings.find(CERTIFICATE)).contains(Path.of("/etc/tls.pem"));
      assertThat(settings.get(CHANNEL).reveal()).isEqualTo("hush");
      assertThat(settings.find(EARLIER)).contains(List.of(new Secret("one"), new Secret("two")));
    }

    @Test
    void shouldFallBackToDefaultsAndLeaveOptionalOnesEmpty() {
      Settings settings = Settings.load(KEYS, Optional.empty(), minimalEnvironment());

      assertThat(settings.get(PORT)).isEqualTo(8080);
      assertThat(settings.get(WAIT)).isEqualTo(Duration.ofSeconds(8));
      assertThat(settings.find(PUBLIC_URL)).isEmpty();
      assertThat(settings.get(BROKERS)).containsExactly("a:1", "b:2");
    }

    @Test
    void shouldPreferTheEnvironmentToTheFile() throws IOException {
      Path file = yaml("http: {port: 9000}\nchannel: {secret-file: /nowhere}");

      Settings settings = Settings.load(KEYS, Optional.of(file), with("MINTLOG_HTTP_PORT", "9001"));

      assertThat(settings.get(PORT)).isEqualTo(9001);
      assertThat(settings.get(CHANNEL).reveal()).isEqualTo("hush");
    }

    @Test
    void shouldReadASecretOutOfAFile() throws IOException {
      Path secret = Files.writeString(dir.resolve("secret"), "from file\n");
      Path secrets = Files.writeString(dir.resolve("secrets"), "first\nsecond\n");
      Path file = yaml("kafka.bootstrap-servers: a:1\nchannel: {secret-file: '" + secret + "'}");

      Settings settings = Settings.load(KEYS, Optional.of(file),
          Map.of("MINTLOG_CHANNEL_EARLIER_SECRETS_FILE", secrets.toString()));

      assertThat(settings.get(CHANNEL).reveal()).isEqualTo("from file");
      assertThat(settings.find(EARLIER)).contains(List.of(new Secret("first"), new Secret("second")));
    }

    @Test
    void shouldLeaveTheLaunchersVariablesAlone() {
      for (String variable : ConfigKeys.LAUNCHER_VARIABLES.keySet()) {
        assertThat(Settings.load(KEYS, Optional.empty(), with(variable, "x")).get(PORT)).isEqualTo(8080);
      }
    }

    @Test
    void shouldTakeSettingsMadeByAProgram() {
      Settings settings = Settings.of(KEYS, Map.of("kafka.bootstrap-servers", "a:1,b:2", "channel.secret", "s"));

      assertThat(settings.get(BROKERS)).containsExactly("a:1", "b:2");
      assertThatThrownBy(() -> Settings.of(KEYS, Map.of("kafka.bootstrap-server", "a:1")))
          .isInstanceOf(ConfigException.class).hasMessageContaining("did you mean kafka.bootstrap-servers?");
    }

    @Test
    void shouldRefuseToBeAskedForAKeyOfAnotherService() {
      Settings settings = Settings.load(KEYS, Optional.empty(), minimalEnvironment());

      assertThatThrownBy(() -> settings.find(ConfigKey.bool("other.key", "Another's.")))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("other.key is not a setting of edge");
    }
  }

  @Nested
  class Refusing {
    @Test
    void shouldNameTheNearestWhenAKeyInTheFileIsMisspelt() throws IOException {
      Path file = yaml("http:\n  prot: 80");

      assertThat(refusal(file, minimalEnvironment()))
          .isEqualTo("http.prot in " + file + " is not a setting of edge; did you mean http.port?");
    }

    @Test
    void shouldSayToRemoveAKeyThatResemblesNone() throws IOException {
      Path file = yaml("telemetry: {sampling-rate-of-everything: 1}");

      assertThat(refusal(file, minimalEnvironment())).endsWith("is not a setting of edge; remove it");
    }

    @Test
    void shouldNameTheNearestWhenAVariableIsMisspelt() {
      assertThat(refusal(with("MINTLOG_HTTP_PROT", "80")))
          .isEqualTo("The variable MINTLOG_HTTP_PROT is not a setting of edge; did you mean MINTLOG_HTTP_PORT?");
    }

    @Test
    void shouldNameKeyAndVariableOfAMissingValue() {
      assertThat(refusal(Map.of("MINTLOG_CHANNEL_SECRET", "x")))
          .startsWith("kafka.bootstrap-servers is missing; expected one or more")
          .contains("MINTLOG_KAFKA_BOOTSTRAP_SERVERS=localhost:9092");
      assertThat(refusal(Map.of("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:1")))
          .startsWith("channel.secret is missing").contains("channel.secret-file");
    }

    @Test
    void shouldNameSourceValueExpectationAndFixOfAWrongValue() throws IOException {
      assertThat(refusal(with("MINTLOG_HTTP_PORT", "80a"))).isEqualTo("http.port in MINTLOG_HTTP_PORT is '80a', but "
          + "expected a whole number from 1 to 65535; set for example http.port: 8080 in the file or "
          + "MINTLOG_HTTP_PORT=8080");

      Path file = yaml("http: {port: 65536}");
      assertThat(refusal(file, minimalEnvironment())).startsWith("http.port in " + file + " is '65536', but expected");
    }

    @Test
    void shouldRefuseEachTypesNeighbours() {
      assertThat(refusal(with("MINTLOG_REPLY_WAIT", "99ms"))).contains("from 100ms to 30s");
      assertThat(refusal(with("MINTLOG_REPLY_WAIT", "31s"))).contains("from 100ms to 30s");
      assertThat(refusal(with("MINTLOG_REPLY_WAIT", "5"))).contains("a duration");
      assertThat(refusal(with("MINTLOG_KAFKA_ONE_REPLICA", "yes"))).contains("true or false");
      assertThat(refusal(with("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:1,b"))).contains("host:port");
      assertThat(refusal(with("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:70000"))).contains("host:port");
      assertThat(refusal(with("MINTLOG_PUBLIC_URL", "ftp://id.example.org"))).contains("absolute URI (https, http)");
      assertThat(refusal(with("MINTLOG_PUBLIC_URL", "id.example.org"))).contains("absolute URI (https, http)");
      assertThat(refusal(with("MINTLOG_KAFKA_GROUP_PROTOCOL", "modern"))).contains("one of classic, consumer");
      assertThat(refusal(with("MINTLOG_TLS_CERTIFICATE", " "))).contains("a path");
    }

    @Test
    void shouldRefuseAListWhereOneValueIsExpected() throws IOException {
      assertThat(refusal(yaml("http: {port: [1, 2]}"), minimalEnvironment())).contains("'1,2'", "a whole number");
    }

    @Test
    void shouldRefuseAKeyWithoutAValueOrGivenTwice() throws IOException {
      assertThat(refusal(yaml("http:\n  port:\n"), minimalEnvironment())).contains("http.port", "has no value");
      assertThat(refusal(yaml("http: {port: 1}\nhttp.port: 2"), minimalEnvironment())).contains("http.port is given twice");
      assertThat(refusal(yaml("http: {port: 1}\nhttp: {port: 2}"), minimalEnvironment())).contains("Duplicate");
    }

    @Test
    void shouldRefuseASecretInBothForms() {
      assertThat(refusal(with("MINTLOG_CHANNEL_SECRET_FILE", "/nowhere"))).contains("channel.secret is given both");
    }

    @Test
    void shouldRefuseAFileThatIsNotThereOrNotYaml() throws IOException {
      assertThat(refusal(dir.resolve("none.yaml"), minimalEnvironment())).contains("none.yaml does not exist", "--config");
      assertThat(refusal(yaml("http: {port"), minimalEnvironment())).contains("is not YAML that can be read");
      assertThat(refusal(yaml("http:\n  host: a\n\tport: 1"), minimalEnvironment())).contains("line 3 is not YAML");
      assertThat(refusal(yaml("just text"), minimalEnvironment())).contains("holds no settings");
      assertThat(refusal(Map.of("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:1", "MINTLOG_CHANNEL_SECRET_FILE", "/no/file")))
          .contains("channel.secret-file", "/no/file", "cannot be read");
    }
  }

  @Nested
  class Secrets {
    private static final String HUSH = "correct-horse-battery";

    @Test
    void shouldNotPrintInAListingOfAllSettings() {
      Settings settings = Settings.load(KEYS, Optional.empty(), Map.of("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:1",
          "MINTLOG_CHANNEL_SECRET", HUSH, "MINTLOG_CHANNEL_EARLIER_SECRETS", HUSH + "," + HUSH));

      assertThat(settings.describe()).contains("http.port=8080", "reply.wait=8s", "channel.secret=[secret]",
          "channel.earlier-secrets=[secret],[secret]").doesNotContain(HUSH);
      assertThat(settings.toString()).doesNotContain(HUSH);
    }

    @Test
    void shouldNotPrintInAnyOtherWay() {
      Secret secret = new Secret(HUSH);

      assertThat(secret.toString() + List.of(secret) + Optional.of(secret) + String.format("%s", secret))
          .doesNotContain(HUSH);
      assertThat(secret).isEqualTo(new Secret(HUSH)).isNotEqualTo(new Secret("other"));
      assertThat(secret.hashCode()).isEqualTo(new Secret("other").hashCode());
    }

    @Test
    void shouldNotPrintInARefusalOrItsCause() {
      ConfigKey<Secret> strong = CHANNEL.check("a secret of at least 64 characters", "...",
          secret -> secret.reveal().length() >= 64);

      ConfigException refusal = catchThrowableOfType(ConfigException.class,
          () -> Settings.of(ConfigKeys.of("edge", strong), Map.of("channel.secret", HUSH)));

      assertThat(refusal).hasMessageContaining("a value that is not shown, but expected a secret of at least 64")
          .hasMessageNotContaining(HUSH).hasNoCause();
    }

    @Test
    void shouldNotPrintWhereTheFileIsNotYaml() throws IOException {
      assertThat(refusal(yaml("channel: {secret: " + HUSH + ", : {"), minimalEnvironment())).doesNotContain(HUSH);
    }
  }

  @Test
  void shouldRefuseTwoKeysThatAreOneVariable() {
    assertThatThrownBy(() -> ConfigKeys.of("edge", ConfigKey.bool("a.b-c", "One."), ConfigKey.bool("a-b.c", "Two.")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Two settings");
  }

  @Test
  void shouldDocumentEveryKey() {
    String markdown = KEYS.toMarkdown();

    assertThat(markdown.lines()).hasSize(2 + KEYS.all().size());
    assertThat(markdown).contains("| `http.port` | `MINTLOG_HTTP_PORT` | a whole number from 1 to 65535 | `8080` |",
        "| `kafka.bootstrap-servers` | `MINTLOG_KAFKA_BOOTSTRAP_SERVERS` |", "| required |",
        "a secret; or `channel.secret-file`", "| none |");
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(dir.resolve("edge.yaml"), text);
  }

  private static Map<String, String> minimalEnvironment() {
    return Map.of("MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "a:1, b:2", "MINTLOG_CHANNEL_SECRET", "hush", "PATH", "/bin");
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> environment = new HashMap<>(minimalEnvironment());
    environment.put(variable, value);
    return environment;
  }

  private static String refusal(Map<String, String> env) {
    return refusal(Optional.empty(), env);
  }

  private static String refusal(Path file, Map<String, String> env) {
    return refusal(Optional.of(file), env);
  }

  private static String refusal(Optional<Path> file, Map<String, String> env) {
    ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> Settings.load(KEYS, file, env));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return refusal.getMessage();
  }
}
