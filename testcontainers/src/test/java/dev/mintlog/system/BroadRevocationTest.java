package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.command.Command.RevokeBefore;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.EndedCommand;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.AuthorizationsRevoked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lost device, a changed password, a client that must begin anew: by the command line and by the login API. */
class BroadRevocationTest {
  private static final String WEB = "https://web.example/callback";
  private static final String OTHER = "https://other.example/callback";
  private static final String ORDERS = "https://orders.example";
  private static final Duration EVERYWHERE_WITHIN = Duration.ofSeconds(20);

  private static RunningSystem system;

  @BeforeAll
  static void start() {
    system = RunningSystem.withoutServices();
    system.startProcessor();
    system.startProcessor();
    system.startEdge();
    system.startEdge();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void shouldEndWhatTheLoginApplicationSaysOfASubject() {
    // Given
    Answer lost = tokens("web", WEB, "lena");
    Answer elsewhere = tokens("other-web", OTHER, "lena");
    Answer anothers = tokens("web", WEB, "mark");
    String unredeemed = code("web", WEB, "lena", new Pkce[1]);

    // When
    Answer revoked = system.loginApplication().post("/login/revocations", Map.of("subject", "lena"));

    // Then: at once on the edge that answered
    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
    assertThat(isActive(orders(0), lost)).isFalse();
    assertThat(isActive(orders(0), elsewhere)).isFalse();
    assertThat(isActive(orders(0), anothers)).isTrue();
    assertThat(system.client("web").refresh(lost.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(system.client("other-web").refresh(elsewhere.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(system.client("web").refresh(anothers.refreshToken()).status()).isEqualTo(200);
    assertThat(unredeemed).isNotBlank();
    // and soon on every other
    await().atMost(EVERYWHERE_WITHIN).untilAsserted(() -> assertThat(isActive(orders(1), lost)).isFalse());
    // Who signs in again is let in.
    Answer again = tokens("web", WEB, "lena");
    assertThat(isActive(orders(0), again)).isTrue();
    assertThat(system.client("web").refresh(again.refreshToken()).status()).isEqualTo(200);
    assertThat(new Log(system).events(AuthorizationsRevoked.class)).filteredOn(event -> "lena".equals(event.getSubject()))
        .singleElement().satisfies(event -> {
          assertThat(event.getClient()).isNull();
          assertThat(event.getHeader().getClientId()).isEqualTo("login");
          assertThat(event.getBefore()).isEqualTo(event.getHeader().getOccurredAt());
        });
  }

  @Test
  void shouldEndWhatTheOperatorSaysOfASubjectAtAClient() throws IOException {
    // Given
    Answer lost = tokens("web", WEB, "nora");
    Answer elsewhere = tokens("other-web", OTHER, "nora");

    // When
    EndedCommand command = revoke("--subject", "nora", "--client", "web");

    // Then
    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.output()).startsWith("revoked what was given before ").contains("to subject nora at client web");
    await().atMost(EVERYWHERE_WITHIN).untilAsserted(() -> {
      assertThat(isActive(orders(0), lost)).isFalse();
      assertThat(isActive(orders(1), lost)).isFalse();
    });
    assertThat(system.client("web").refresh(lost.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(isActive(orders(0), elsewhere)).isTrue();
    assertThat(system.client("other-web").refresh(elsewhere.refreshToken()).status()).isEqualTo(200);
    assertThat(new Log(system).events(AuthorizationsRevoked.class)).filteredOn(event -> "nora".equals(event.getSubject()))
        .singleElement().satisfies(event -> {
          assertThat(event.getClient()).isEqualTo("web");
          assertThat(event.getHeader().getClientId()).isEqualTo(RevokeBefore.OPERATOR);
        });
  }

  @Test
  void shouldEndWhatTheOperatorSaysOfAClientItsOwnTokensIncluded() throws IOException {
    String own = system.client("service").clientCredentials("scope", "orders.read").accessToken();
    assertThat(isActive(orders(0), own)).isTrue();

    assertThat(revoke("--client", "service").exitCode()).isZero();

    await().atMost(EVERYWHERE_WITHIN).untilAsserted(() -> assertThat(isActive(orders(0), own)).isFalse());
    await().atMost(EVERYWHERE_WITHIN).untilAsserted(() -> assertThat(isActive(orders(1), own)).isFalse());
    assertThat(isActive(orders(0), system.client("service").clientCredentials("scope", "orders.read").accessToken()))
        .as("what it gets from now on").isTrue();
  }

  @Test
  void shouldSayInOneLineWhatIsNotRegistered() throws IOException {
    revoke("--client", "nobody").failedWithOneLineNaming("--client is nobody");
    revoke("--subject", "alice", "--tenant", "nowhere").failedWithOneLineNaming("--tenant is nowhere");
  }

  private static EndedCommand revoke(String... arguments) throws IOException {
    Path config = Files.createTempFile("operator", ".yaml");
    Map<String, String> texts = new LinkedHashMap<>(system.operatorTexts());
    // JSON is YAML.
    Files.writeString(config, new ObjectMapper().writeValueAsString(texts));
    try {
      List<String> all = new java.util.ArrayList<>(List.of("revoke", "--config", config.toString()));
      all.addAll(List.of(arguments));
      return EndedCommand.run(Map.of(), all.toArray(String[]::new));
    } finally {
      Files.delete(config);
    }
  }

  private static boolean isActive(TokenClient api, Answer tokens) {
    return isActive(api, tokens.accessToken());
  }

  private static boolean isActive(TokenClient api, String accessToken) {
    Answer answer = api.introspect(accessToken);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().get("active").asBoolean();
  }

  private static TokenClient orders(int edge) {
    return TokenClient.confidential(system.edge(edge),
        new DemoClient(ORDERS, system.registry().client("orders-api").secret()));
  }

  private static String code(String client, String redirectUri, String subject, Pkce[] used) {
    used[0] = Pkce.random();
    return system.loginApplication().code(client, redirectUri, used[0], "subject", subject);
  }

  private static Answer tokens(String client, String redirectUri, String subject) {
    Pkce[] pkce = new Pkce[1];
    String code = code(client, redirectUri, subject, pkce);
    Answer answer = system.client(client).redeem(code, pkce[0].verifier(), redirectUri);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }
}
