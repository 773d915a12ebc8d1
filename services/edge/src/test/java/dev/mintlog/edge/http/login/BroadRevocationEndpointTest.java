package dev.mintlog.edge.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.registry.tenant.CommandedRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.schema.RevokeBefore;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroadRevocationEndpointTest {
  private static final String PATH = "/login/revocations";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Test
  void shouldAnswerWhenItIsRecordedAndThisEdgeGoesByIt() throws Exception {
    // When
    CompletableFuture<HttpResponse<String>> response = post("{\"subject\":\"alice-1\",\"client_id\":\"app\"}");
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());
    assertThat(response).as("not before the registry says so").isNotDone();
    edge.registry = TestRegistry.snapshot(8, new CommandedRevocation("default", new RegisteredRevocation(
        Optional.of("alice-1"), Optional.of("app"), command.header().getRequestedAt())));

    // Then
    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(response.get().body()).isEqualTo("{}");
    RevokeBefore revoke = command.as(RevokeBefore.class);
    assertThat(revoke.getSubject()).isEqualTo("alice-1");
    assertThat(revoke.getClient()).isEqualTo("app");
    assertThat(revoke.getHeader().getClientId()).as("who asks").isEqualTo("login");
    assertThat(revoke.getHeader().getRevision()).isEqualTo(7);
  }

  @Test
  void shouldAskToBeAskedAgainWhereTheRegistryDoesNotArrive() throws Exception {
    CompletableFuture<HttpResponse<String>> response = post("{\"subject\":\"alice-1\"}");
    edge.answerNext(new Reply.Done());
    edge.registry = TestRegistry.snapshot(8, new CommandedRevocation("default", new RegisteredRevocation(
        Optional.of("alice-1"), Optional.empty(), Instant.EPOCH)));

    assertError(response, 503, "temporarily_unavailable");
    assertThat(response.get().headers().firstValue("Retry-After")).contains("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"subject\":\" \"}", "{\"subject\":1}", "{\"client_id\":\"nobody\"}",
      "{\"subject\":\"\\u00e4\"}", "{\"subject\":\"a\",\"before\":1}"})
  void shouldRefuseWhatIsNotAsDescribed(String body) throws Exception {
    assertError(post(body), 400, "invalid_request");
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldRefuseWhoIsNotTheLoginApplication() throws Exception {
    HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.loginUrl(PATH))
        .POST(BodyPublishers.ofString("{\"subject\":\"alice-1\"}")));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(edge.log.isEmpty()).isTrue();
    assertThat(edge.now(HttpRequest.newBuilder(edge.url(PATH)).POST(BodyPublishers.noBody())).statusCode())
        .as("not on the public port").isEqualTo(404);
  }

  private CompletableFuture<HttpResponse<String>> post(String body) {
    return edge.send(HttpRequest.newBuilder(edge.loginUrl(PATH))
        .header("Authorization", "Bearer " + TestTokens.login())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)));
  }

  private static void assertError(CompletableFuture<HttpResponse<String>> response, int status, String error)
      throws Exception {
    HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(status);
    assertThat(new JsonObject(answered.body()).getString("error")).isEqualTo(error);
  }
}
