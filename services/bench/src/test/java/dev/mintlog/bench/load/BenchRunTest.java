package dev.mintlog.bench.load;

import static dev.mintlog.bench.TokenServer.http;
import static dev.mintlog.bench.TokenServer.ok;
import static dev.mintlog.bench.TokenServer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mintlog.bench.TokenServer;
import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.PreparedRequest;
import dev.mintlog.bench.script.Script;
import dev.mintlog.bench.script.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BenchRunTest {

  private static final Duration MEASURED = Duration.ofMillis(400);

  @Test
  void shouldCountATokenForEveryRequestOfAWellBehavedServer() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(ok(token())))) {
      BenchResult result = measure(server, 3);

      assertThat(result.errors()).isEmpty();
      assertThat(result.failures()).isZero();
      assertThat(result.reopened()).isZero();
      // not counted: the probe's token, and what each of the 1 + 3 connections had in flight at the end
      assertThat(result.tokens()).isBetween(server.requests() - 1L - 4, server.requests() - 1L).isGreaterThan(100);
      assertThat(server.accepted()).isEqualTo(1 + 3);
      assertThat(result.cpu().secondsPer1000Tokens()).containsKey("load generator");
    }
  }

  @Test
  void shouldReportTheLatencyThatTheServerHas() throws Exception {
    // Given a server that takes 20 ms, and 100 ms for each tenth request
    try (var server = new TokenServer((number, request) -> {
      TimeUnit.MILLISECONDS.sleep(number % 10 == 0 ? 100 : 20);
      return Optional.of(ok(token()));
    })) {
      BenchResult result = measure(server, 8, Duration.ofSeconds(1));

      assertThat(result.p50Millis()).isBetween(19.9, 99.0);
      assertThat(result.p99Millis()).isGreaterThanOrEqualTo(99.0);
      assertThat(result.maxMillis()).isGreaterThanOrEqualTo(result.p99Millis());
      // closed loop: 8 connections of at least 28 ms a request on average
      assertThat(result.tokensPerSecond()).isLessThan(8 / 0.025);
    }
  }

  @Test
  void shouldCountEverythingThatIsNotATokenByItsKind() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(switch (number % 4) {
      case 2 -> http("503 Service Unavailable", "Retry-After: 1\r\n", "{\"error\":\"busy\"}");
      case 3 -> http("401 Unauthorized", "", "{\"error\":\"invalid_client\"}");
      case 0 -> ok("{\"device_code\":\"x\"}");
      default -> ok(token());
    }))) {
      BenchResult result = measure(server, 1);

      assertThat(result.errors()).containsOnlyKeys("200 without access_token", "401", "503");
      // each kind is a quarter; the request that the probe left in flight may take one number out of the row
      assertThat(result.errors().get("503")).isCloseTo(result.tokens(), within(2L));
      assertThat(result.failures()).isEqualTo(result.requests() - result.tokens()).isPositive();
      assertThat(result.firstRefusal()).isIn("503 {\"error\":\"busy\"}", "401 {\"error\":\"invalid_client\"}");
    }
  }

  @Test
  void shouldReopenAConnectionThatTheServerSaysItCloses() throws Exception {
    try (var server = new TokenServer((number, request) ->
        Optional.of(http("200 OK", number % 5 == 0 ? "Connection: close\r\n" : "", token())))) {
      BenchResult result = measure(server, 2);

      assertThat(result.errors()).isEmpty();
      assertThat(result.reopened()).isCloseTo(result.tokens() / 5, within(2L));
      assertThat(result.tokens()).isGreaterThan(20);
    }
  }

  @Test
  void shouldCountARequestThatTheServerHangsUpOnAndGoOn() throws Exception {
    try (var server = new TokenServer((number, request) ->
        number % 5 == 0 ? Optional.empty() : Optional.of(ok(token())))) {
      BenchResult result = measure(server, 1);

      assertThat(result.tokens()).isGreaterThan(20);
      assertThat(result.errors()).hasSize(1).containsKey("closed without an answer");
      assertThat(result.reopened()).isEqualTo(result.failures());
    }
  }

  @Test
  void shouldGiveUpOnAnAnswerThatDoesNotComeInTime() throws Exception {
    try (var server = new TokenServer((number, request) -> {
      if (number > 1) {
        Thread.sleep(60_000);
      }
      return Optional.of(ok(token()));
    })) {
      BenchResult result = run(plan(server, List.of(2), Duration.ofSeconds(1), Duration.ofMillis(250))).get(0);

      assertThat(result.tokens()).isZero();
      assertThat(result.errors()).containsOnlyKeys("no answer in time");
      assertThat(result.errors().get("no answer in time")).isBetween(2L, 8L);
    }
  }

  @Test
  void shouldNotTakeAnAnswerOfUnknownLengthForAToken() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(number == 1 ? ok(token())
        : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))) {
      BenchResult result = measure(server, 1);

      assertThat(result.tokens()).isZero();
      assertThat(result.errors()).containsKey("unreadable answer");
    }
  }

  @Test
  void shouldEndByItselfAfterEveryStepOfThePlan() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(ok(token())))) {
      long start = System.nanoTime();

      List<BenchResult> results = run(plan(server, List.of(1, 4, 2), MEASURED, Duration.ofSeconds(5)));

      assertThat(results).extracting(BenchResult::concurrency).containsExactly(1, 4, 2);
      assertThat(results).allSatisfy(result -> assertThat(result.seconds()).isBetween(0.4, 2.0));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void shouldGiveEachRequestAPartOfItsOwnWhereAsked() throws Exception {
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    try (var server = new TokenServer((number, request) -> {
      bodies.add(request.substring(request.indexOf("\r\n\r\n") + 4));
      return Optional.of(ok(token()));
    })) {
      run(plan(server, List.of(2), MEASURED, Duration.ofSeconds(5)));

      // requests in flight at the end may be counted and not yet noted, or the other way round
      assertThat(bodies.size()).isCloseTo(server.requests(), within(3)).isGreaterThan(100);
      assertThat(bodies.stream().filter(body -> !body.matches("grant_type=client_credentials&state=x[0-9a-f]{16}y")))
          .isEmpty();
    }
  }

  @Test
  void shouldRefuseToMeasureAServerThatGivesNoToken() throws Exception {
    try (var server = new TokenServer((number, request) ->
        Optional.of(http("401 Unauthorized", "", "{\"error\":\"invalid_client\"}")))) {
      assertThatThrownBy(() -> measure(server, 1)).isInstanceOf(BenchException.class)
          .hasMessageContaining("no token from").hasMessageContaining("401 {\"error\":\"invalid_client\"}");
      assertThat(server.requests()).isLessThan(10_000);
    }
  }

  @Test
  void shouldRefuseToMeasureTokensOfAnotherKindThanMeant() throws Exception {
    try (var server = new TokenServer((number, request) -> Optional.of(ok("{\"access_token\":\"opaque\"}")))) {
      assertThatThrownBy(() -> measure(server, 1)).hasMessageContaining("not a JWT");
    }
    try (var server = new TokenServer((number, request) ->
        Optional.of(ok("{\"access_token\":\"" + TokenServer.jwt("RS256") + "\"}")))) {
      assertThatThrownBy(() -> measure(server, 1)).hasMessageContaining("signed with RS256, expected ES256");
    }
  }

  @Test
  void shouldSayWhatToDoWhenNobodyListens() throws Exception {
    var server = new TokenServer((number, request) -> Optional.empty());
    server.close();

    assertThatThrownBy(() -> measure(server, 1)).isInstanceOf(BenchException.class)
        .hasMessageContaining("cannot connect to 127.0.0.1").hasMessageContaining("./mintlog up");
  }

  private static BenchResult measure(TokenServer server, int connections) {
    return measure(server, connections, MEASURED);
  }

  private static BenchResult measure(TokenServer server, int connections, Duration measured) {
    return run(plan(server, List.of(connections), measured, Duration.ofSeconds(5))).get(0);
  }

  private static List<BenchResult> run(BenchPlan plan) {
    List<BenchResult> results = new ArrayList<>();
    new BenchRun(new CpuMeter(List.of(MeasuredProcess.loadGenerator()))).run(plan, results::add);
    return results;
  }

  private static BenchPlan plan(TokenServer server, List<Integer> concurrency, Duration measured, Duration timeout) {
    Target target = Target.of(server.url());
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("state", "x" + PreparedRequest.UNIQUE + "y");
    return new BenchPlan("ES256", "client_credentials", target,
        Script.repeating(target, PreparedRequest.form(target, Map.of(), form)), Optional.of("ES256"), concurrency,
        Duration.ZERO, measured, timeout);
  }
}
