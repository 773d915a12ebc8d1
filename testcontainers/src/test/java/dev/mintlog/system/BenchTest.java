package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.UpProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mintlog bench} against {@code mintlog up}: every grant it knows can be loaded, for a second each. */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class BenchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UpProcess up = UpProcess.shared();

  @ParameterizedTest
  @ValueSource(strings = {"client_credentials", "refresh_token", "authorization_code", "device_code", "token-exchange",
      "password", "ciba", "jwt-bearer"})
  void shouldLoadAGrantWithoutAnError(String grant) throws IOException {
    Path json = up.state().resolve("bench-" + grant + ".json");

    Shell.Outcome bench = bench("--grant", grant, "--alg", "ES256", "--concurrency", "2", "--seconds", "1",
        "--warmup", "1", "--json", json.toString());

    assertThat(bench.exit()).as(bench.out() + bench.err()).isZero();
    JsonNode result = JSON.readTree(json.toFile()).get(0);
    assertThat(result.path("tokens").asLong()).isPositive();
    assertThat(result.path("errors")).isEmpty();
    assertThat(bench.out()).contains("CPU-seconds per 1000 tokens:", "edge+processor").doesNotContain("not measured");
  }

  @Test
  void shouldMeasureClientAuthenticationsSideBySide() {
    Shell.Outcome bench = bench("--client-auth", "client_secret_post,private_key_jwt", "--alg", "RS256",
        "--concurrency", "2", "--seconds", "1", "--warmup", "1");

    assertThat(bench.exit()).as(bench.out() + bench.err()).isZero();
    assertThat(bench.out()).containsPattern("RS256, 2 connections: private_key_jwt [0-9.]+ of client_secret_post");
  }

  @Test
  void shouldListTheGrantsInItsHelpAndWhereOneIsUnknown() {
    Shell.Outcome unknown = bench("--grant", "implicit");

    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err().lines().toList()).hasSize(1);
    assertThat(unknown.err()).contains("--grant implicit", "client_credentials, refresh_token, authorization_code");
    assertThat(up.beside("bench", "--help").out()).contains("authorization_code", "device_code", "--login-url");
  }

  private Shell.Outcome bench(String... words) {
    String[] all = new String[words.length + 5];
    all[0] = "bench";
    all[1] = "--url";
    all[2] = up.url() + "/connect/token";
    all[3] = "--dir";
    all[4] = up.state().toString();
    System.arraycopy(words, 0, all, 5, words.length);
    return up.beside(all);
  }
}
