package dev.mintlog.bench.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.bench.DemoServer;
import dev.mintlog.bench.TokenServer;
import dev.mintlog.bench.load.BenchLoop;
import dev.mintlog.bench.load.BenchPlan;
import dev.mintlog.bench.load.BenchResult;
import dev.mintlog.bench.load.BenchRun;
import dev.mintlog.bench.load.CpuMeter;
import dev.mintlog.bench.load.Prepared;
import dev.mintlog.bench.load.Tally;
import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Step;
import dev.mintlog.bench.script.Target;
import dev.mintlog.bench.script.Values;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class GrantScriptsTest {

  private static final int USERS = 3;

  @ParameterizedTest
  @MethodSource("stateful")
  void shouldPresentCredentialsThatAreNotUsedUp(String grant) throws Exception {
    try (var server = new DemoServer()) {
      BenchResult result = measure(server, grant);

      assertThat(result.errors()).as("the server takes none twice that serves once").isEmpty();
      assertThat(result.tokens()).isBetween(10L, (long) server.redeemed());
      assertThat(result.prepared()).isNotEmpty().doesNotContainKey("token");
      assertThat(result.requests()).isEqualTo(result.tokens());
    }
  }

  @ParameterizedTest
  @MethodSource("stateful")
  void shouldHoldOneConnectionToEachSideForEachUser(String grant) throws Exception {
    try (var server = new DemoServer()) {
      BenchResult result = measure(server, grant);

      // one user probes before
      assertThat(server.tokens().accepted()).isEqualTo(1 + USERS);
      assertThat(server.login().accepted()).isEqualTo(1 + USERS);
      assertThat(result.reopened()).isZero();
    }
  }

  @Test
  void shouldReportThePreparingRequestsApart() throws Exception {
    try (var server = new DemoServer()) {
      Map<String, Prepared> prepared = measure(server, "device_code").prepared();

      assertThat(prepared.keySet()).containsExactly("login access", "device authorization", "approval");
      assertThat(prepared.get("login access").count()).isEqualTo(USERS);
      assertThat(prepared.get("approval").count()).isGreaterThanOrEqualTo(10);
      assertThat(prepared.get("approval").p99Millis()).isGreaterThanOrEqualTo(prepared.get("approval").p50Millis())
          .isPositive();
    }
  }

  @Test
  void shouldRotateOneAuthorizationForEachUser() throws Exception {
    try (var server = new DemoServer()) {
      Map<String, Prepared> prepared = measure(server, "refresh_token").prepared();

      assertThat(prepared.get("authorization").count()).isEqualTo(USERS);
      assertThat(prepared.get("first token").count()).isEqualTo(USERS);
    }
  }

  @Test
  void shouldPresentTheDemoUsersPassword() throws Exception {
    try (var server = new DemoServer()) {
      BenchResult result = measure(server, "password");

      assertThat(result.errors()).isEmpty();
      assertThat(result.tokens()).isPositive();
      assertThat(server.login().accepted()).isZero();
    }
  }

  @Test
  void shouldSignAnAssertionForEachRequest() throws Exception {
    try (var server = new DemoServer()) {
      BenchResult result = measure(server, "jwt-bearer");

      assertThat(result.errors()).as("the server takes none twice").isEmpty();
      assertThat(result.tokens()).isPositive();
      assertThat(server.login().accepted()).isZero();
    }
  }

  @Test
  void shouldLoadAnExtensionWithTheCredentialThatItIsGiven() throws Exception {
    String ticket = "urn:example:grant-type:ticket";
    try (var server = new DemoServer()) {
      Target target = Target.of(server.url());
      LoadedClient client = new LoadedClient("desk", target, Map.of(), Map.of("ticket", "visitor-{unique}"));
      BenchResult result = run(new BenchPlan("desk", ticket, target, GrantScripts.of(ticket).write(client, null),
          Optional.empty(), List.of(USERS), Duration.ZERO, Duration.ofMillis(400), Duration.ofSeconds(5))).get(0);

      assertThat(result.errors()).isEmpty();
      assertThat(result.tokens()).isPositive();
    }
  }

  @Test
  void shouldTellARequestsIdFromNothingButItsHandle() {
    assertThatThrownBy(() -> CibaScript.requestId("no handle")).isInstanceOf(BenchException.class)
        .hasMessageContaining("expected an auth_req_id").message().doesNotContain("no handle");
  }

  @Test
  void shouldCountARefusedCredentialAndBeginAgain() throws Exception {
    try (var server = new DemoServer()) {
      Tally before = new Tally();
      Tally after = new Tally();
      try (BenchLoop loop = new BenchLoop(plan(server, "refresh_token", List.of(1)), 1)) {
        loop.run(Duration.ofSeconds(5).toNanos(), 5, before);
        server.forget();
        loop.run(Duration.ofSeconds(5).toNanos(), 5, after);
      }

      assertThat(before.errors()).isEmpty();
      assertThat(after.errors()).containsExactly(Map.entry("400", 1L));
      assertThat(after.firstRefusal()).contains("400 {\"error\":\"invalid_grant\"}");
      assertThat(after.tokens()).isEqualTo(5);
    }
  }

  @Test
  void shouldNameTheStepThatWasRefused() throws Exception {
    try (var server = new DemoServer(); var closedApi = new TokenServer((number, request) ->
        Optional.of(TokenServer.http("403 Forbidden", "", "{\"error\":\"insufficient_scope\"}")))) {
      assertThatThrownBy(() -> run(plan(server.url(), closedApi.url().resolve("/"), "authorization_code", List.of(1))))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("authorization: 403 {\"error\":\"insufficient_scope\"}");
    }
  }

  @Test
  void shouldNameTheMemberThatAnAnswerLacks() throws Exception {
    try (var server = new DemoServer(); var emptyApi = new TokenServer((number, request) ->
        Optional.of(TokenServer.ok("{}")))) {
      assertThatThrownBy(() -> run(plan(server.url(), emptyApi.url().resolve("/"), "authorization_code", List.of(1))))
          .hasMessageContaining("authorization: 200 without code");
    }
  }

  @Test
  void shouldNameTheOptionWhereTheLoginApiIsNot() throws Exception {
    var gone = new TokenServer((number, request) -> Optional.empty());
    gone.close();
    try (var server = new DemoServer()) {
      assertThatThrownBy(() -> run(plan(server.url(), gone.url().resolve("/"), "authorization_code", List.of(1))))
          .hasMessageContaining("cannot connect to 127.0.0.1:" + gone.url().getPort()).hasMessageContaining("--login-url");
    }
  }

  @Test
  void shouldListTheGrantsThereAre() {
    assertThat(GrantScripts.of("urn:ietf:params:oauth:grant-type:device_code")).isSameAs(GrantScripts.of("device_code"));
    assertThatThrownBy(() -> GrantScripts.of("implicit")).isInstanceOf(BenchException.class)
        .hasMessageContaining("--grant implicit: expected one of").hasMessageContaining("device_code")
        .hasMessageContaining("client_credentials").hasMessageContaining("or the URI of an extension")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldFindTheDeviceEndpointOfATenant() {
    Target tenant = Target.of(URI.create("http://127.0.0.1:1/acme/oauth2/token"));
    Target other = Target.of(URI.create("http://127.0.0.1:1/token"));
    Step step = new LoadedClient("id", tenant, Map.of(), Map.of()).beside("n", "/connect/x", new FormFields());

    assertThat(java.nio.charset.StandardCharsets.UTF_8.decode(step.request().newOutgoing().next(new Values())).toString())
        .startsWith("POST /acme/connect/x HTTP/1.1\r\n");
    assertThatThrownBy(() -> new LoadedClient("id", other, Map.of(), Map.of()).beside("n", "/x", new FormFields()))
        .isInstanceOf(BenchException.class).hasMessageContaining("/token: expected a path that ends in /connect/token");
  }

  private static Stream<String> stateful() {
    return GrantScripts.all().stream().map(GrantScript::grantType)
        .filter(type -> !List.of("client_credentials", "password", "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .contains(type));
  }

  private static BenchResult measure(DemoServer server, String grant) {
    return run(plan(server, grant, List.of(USERS))).get(0);
  }

  private static List<BenchResult> run(BenchPlan plan) {
    List<BenchResult> results = new ArrayList<>();
    new BenchRun(new CpuMeter(List.of())).run(plan, results::add);
    return results;
  }

  private static BenchPlan plan(DemoServer server, String grant, List<Integer> concurrency) {
    return plan(server.url(), server.loginUrl(), grant, concurrency);
  }

  private static BenchPlan plan(URI url, URI loginUrl, String grant, List<Integer> concurrency) {
    Target target = Target.of(url);
    LoadedClient client = new LoadedClient("bench-es256", target, Map.of(), Map.of());
    LoginApi login = new LoginApi(Target.of(LoginAddress.OPTION, loginUrl), client);
    return new BenchPlan("ES256", grant, target, GrantScripts.of(grant).write(client, demo(login)), Optional.of("ES256"),
        concurrency, Duration.ZERO, Duration.ofMillis(400), Duration.ofSeconds(5));
  }

  private static DemoSide demo(LoginApi login) {
    return new DemoSide() {
      @Override
      public LoginApi login() {
        return login;
      }

      @Override
      public DemoFile.DemoUser user() {
        return new DemoFile.DemoUser("alice", DemoServer.PASSWORD);
      }

      @Override
      public PrivateKey assertionKey() {
        return DemoServer.ASSERTION_KEY.getPrivate();
      }
    };
  }
}
