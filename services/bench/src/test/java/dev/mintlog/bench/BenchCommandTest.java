package dev.mintlog.bench;

import static dev.mintlog.bench.TokenServer.http;
import static dev.mintlog.bench.TokenServer.ok;
import static dev.mintlog.bench.TokenServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.bench.script.PreparedRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
class BenchCommandTest {

  @TempDir
  private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void seedTheDemo() throws Exception {
    Files.writeString(directory.resolve("demo.json"),
        "{\"url\":\"x\",\"clients\":[{\"id\":\"web\"},{\"id\":\"bench-es256\",\"secret\":\"s3cret\"},"
            + "{\"id\":\"demo-login\",\"secret\":\"l0gin\"}]}");
    Files.createDirectories(directory.resolve("run"));
    Files.writeString(directory.resolve("run/processes.json"),
        "[{\"role\":\"edge+processor\",\"pid\":" + ProcessHandle.current().pid() + "}]");
  }

  @Test
  void shouldMeasureTheDemoClientOfEachSignature() throws Exception {
    var requests = new ConcurrentLinkedQueue<String>();
    try (var server = new TokenServer((number, request) -> {
      requests.add(request);
      return Optional.of(ok(token()));
    })) {
      Path json = directory.resolve("result.json");

      int exit = bench("--url", server.url().toString(), "--alg", "ES256", "--concurrency", "1,2", "--json",
          json.toString());

      assertThat(exit).isZero();
      assertThat(out.toString()).contains("tokens/s", "ES256", "CPU-seconds per 1000 tokens:", "edge+processor",
          "load generator").doesNotContain("s3cret");
      assertThat(requests).allMatch(request ->
          request.contains("Authorization: " + PreparedRequest.basic("bench-es256", "s3cret"))
              && request.endsWith("grant_type=client_credentials"));
      JsonNode results = new ObjectMapper().readTree(json.toFile());
      assertThat(results).hasSize(2);
      assertThat(results.get(1).get("concurrency").asInt()).isEqualTo(2);
      assertThat(results.get(1).get("tokens").asLong()).isPositive();
      assertThat(results.get(1).get("cpu").get("secondsPer1000Tokens").has("edge+processor")).isTrue();
    }
  }

  @Test
  void shouldExitWithOneWhenAnyAnswerWasNoToken() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(number == 9
        ? http("503 Service Unavailable", "", "{\"error\":\"busy\"}") : ok(token())))) {
      int exit = bench("--url", server.url().toString(), "--alg", "ES256", "--concurrency", "1");

      assertThat(exit).isEqualTo(1);
      assertThat(out.toString()).contains("errors: {503=1}, first: 503 {\"error\":\"busy\"}");
    }
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenNothingCanBeMeasured() {
    assertThat(bench("--url", "http://192.0.2.1/token")).isEqualTo(2);
    assertThat(bench("--alg", "RS256")).isEqualTo(2);
    assertThat(bench("--concurrency", "0", "--alg", "ES256")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(3);
    assertThat(err.toString()).contains("only loopback", "client bench-rs256 is not in", "--concurrency 0: expected");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldLoadAGrantWithTheLoginApiThatTheDirectoryRemembers() throws Exception {
    try (var server = new DemoServer()) {
      Files.writeString(directory.resolve("ports.properties"), "login=" + server.loginPort() + "\n");
      Path json = directory.resolve("result.json");

      int exit = bench("--url", server.url().toString(), "--alg", "ES256", "--concurrency", "2", "--grant", "device_code",
          "--json", json.toString());

      assertThat(exit).as(err.toString()).isZero();
      assertThat(out.toString()).contains("device_code", "before the tokens:", "x approval, p50", "x device authorization")
          .doesNotContain("s3cret", "l0gin", DemoServer.LOGIN_TOKEN);
      JsonNode result = new ObjectMapper().readTree(json.toFile()).get(0);
      assertThat(result.get("grant").asText()).isEqualTo("urn:ietf:params:oauth:grant-type:device_code");
      assertThat(result.get("prepared").get("approval").get("count").asLong()).isPositive();
    }
  }

  @Test
  void shouldSetEveryClientAuthenticationAgainstThePostedSecret() throws Exception {
    // Given
    KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Files.writeString(directory.resolve("demo.json"), "{\"clients\":[{\"id\":\"bench-es256\",\"secret\":\"s3cret\"}],"
        + "\"assertionKey\":\"" + Base64.getEncoder().encodeToString(key.getPrivate().getEncoded()) + "\"}");
    var requests = new ConcurrentLinkedQueue<String>();
    try (var server = new TokenServer((number, request) -> {
      requests.add(request);
      return Optional.of(ok(token()));
    })) {
      // When
      int exit = bench("--url", server.url().toString(), "--alg", "ES256", "--concurrency", "1", "--client-auth",
          "client_secret_post,client_secret_basic,private_key_jwt");

      // Then
      assertThat(exit).as(err.toString()).isZero();
      assertThat(out.toString().lines().filter(line -> line.startsWith("CPU of edge and processor per token, ES256, 1 ")))
          .hasSize(2).allMatch(line -> line.matches(
              ".*: (client_secret_basic|private_key_jwt) [0-9.]+ of client_secret_post"));
      assertThat(out.toString()).doesNotContain("s3cret");
      assertThat(requests).anyMatch(request -> !request.contains("Authorization:")
          && request.endsWith("grant_type=client_credentials&client_id=bench-es256&client_secret=s3cret"));
      List<SignedJWT> assertions = new ArrayList<>();
      for (String request : requests) {
        if (request.contains("client_assertion=")) {
          assertions.add(SignedJWT.parse(request.substring(request.indexOf("client_assertion=") + 17)));
        }
      }
      assertThat(assertions).hasSizeGreaterThan(1);
      assertThat(assertions.stream().map(BenchCommandTest::jti)).doesNotHaveDuplicates();
      SignedJWT first = assertions.get(0);
      assertThat(first.verify(new RSASSAVerifier((RSAPublicKey) key.getPublic()))).isTrue();
      assertThat(first.getJWTClaimsSet().getAudience()).containsExactly(server.url().toString());
      assertThat(first.getJWTClaimsSet().getIssuer()).isEqualTo("bench-es256")
          .isEqualTo(first.getJWTClaimsSet().getSubject());
    }
  }

  private static String jti(SignedJWT assertion) {
    try {
      return assertion.getJWTClaimsSet().getJWTID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldSayInOneLineWhichClientAuthenticationCannotBeMeasured() {
    assertThat(bench("--client-auth", "magic")).isEqualTo(2);
    assertThat(bench("--client-auth", "private_key_jwt", "--alg", "ES256")).isEqualTo(2);
    assertThat(bench("--client-auth", "client_secret_post", "--grant", "refresh_token")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(3);
    assertThat(err.toString()).contains("--client-auth magic: expected some of client_secret_basic, client_secret_post",
        "no assertionKey is in", "expected no other than client_secret_basic with --grant refresh_token");
  }

  @Test
  void shouldSayInOneLineWhatAGrantLacks() throws Exception {
    assertThat(bench("--grant", "implicit")).isEqualTo(2);
    assertThat(bench("--alg", "ES256", "--grant", "authorization_code")).isEqualTo(2);
    assertThat(bench("--alg", "ES256", "--grant", "authorization_code", "--login-url", "http://192.0.2.1/")).isEqualTo(2);
    Files.writeString(directory.resolve("ports.properties"), "kafka=1\n");
    assertThat(bench("--alg", "ES256", "--grant", "authorization_code")).isEqualTo(2);
    Files.writeString(directory.resolve("demo.json"), "{\"clients\":[{\"id\":\"bench-es256\",\"secret\":\"s\"}]}");
    assertThat(bench("--alg", "ES256", "--grant", "authorization_code")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(5);
    assertThat(err.toString()).contains("--grant implicit: expected one of client_credentials, refresh_token",
        "ports.properties: start ./mintlog up", "--login-url: refused to load 192.0.2.1", "expected the login API's port",
        "client demo-login is not in");
    assertThat(out.toString()).isEmpty();
  }

  private int bench(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--dir", directory.toString(), "--seconds", "1", "--warmup", "0"));
    all.addAll(List.of(arguments));
    return new CommandLine(new BenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
