package dev.mintlog.edge.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.RefuseDeviceAuthorization;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginApiTest {
  private static final String AUTHORIZATIONS = "/login/authorizations";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Nested
  class NewAuthorizations {
    @Test
    void shouldAnswerWithACode() throws Exception {
      // Given
      JsonObject body = new JsonObject().put("client_id", "app").put("subject", "alice").put("scope", "openid api.read")
          .put("redirect_uri", "https://app.example/cb").put("code_challenge", CHALLENGE)
          .put("code_challenge_method", "S256").put("nonce", "n-1").put("auth_time", 1_700_000_000)
          .put("acr", "urn:mfa").put("amr", new JsonArray().add("pwd").add("otp"))
          .put("claims", new JsonObject().put("email", "alice@example.org"));

      // When
      CompletableFuture<HttpResponse<String>> response = post(AUTHORIZATIONS, body.encode());
      InMemoryCommandLog.Appended command = edge.answerNext(new Reply.CodeCreated(300));

      // Then
      JsonObject json = json(response.get(10, TimeUnit.SECONDS));
      assertThat(response.get().statusCode()).isEqualTo(200);
      assertThat(json.getInteger("expires_in")).isEqualTo(300);
      assertThat(json.getString("redirect_uri")).isEqualTo("https://app.example/cb");
      assertThat(edge.handles.read("default", HandleKind.CODE, json.getString("code")))
          .isInstanceOfSatisfying(Handles.Reading.Valid.class,
              valid -> assertThat(valid.id().key()).isEqualTo(command.key()));
      CreateAuthorization create = command.as(CreateAuthorization.class);
      assertThat(create.getHeader().getClientId()).isEqualTo("app");
      assertThat(create.getSubject()).isEqualTo("alice");
      assertThat(create.getScope()).isEqualTo("openid api.read");
      assertThat(create.getCodeChallenge()).isEqualTo(CHALLENGE);
      assertThat(create.getNonce()).isEqualTo("n-1");
      assertThat(create.getAuthTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
      assertThat(create.getAcr()).isEqualTo("urn:mfa");
      assertThat(create.getAmr()).containsExactly("pwd", "otp");
      assertThat(command.command().toString()).doesNotContain("alice@example.org");
      assertThat(SealedClaims.open(new Opener(edge.channel, Direction.COMMAND), AuthorizationId.ofKey(command.key()),
          new CommandId(create.getHeader().getCommandId()), create.getSealedClaims()))
          .contains(new FurtherClaims("{\"email\":\"alice@example.org\"}"));
    }

    @Test
    void shouldBindTheCodeToTheKeyOfDpopJkt() throws Exception {
      JsonObject body = new JsonObject().put("client_id", "app").put("subject", "alice").put("scope", "openid")
          .put("redirect_uri", "https://app.example/cb").put("dpop_jkt", CHALLENGE);

      CompletableFuture<HttpResponse<String>> response = post(AUTHORIZATIONS, body.encode());
      InMemoryCommandLog.Appended command = edge.answerNext(new Reply.CodeCreated(300));

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(command.header().getConfirmation().getMethod()).isEqualTo("jkt");
      assertThat(command.header().getConfirmation().getThumbprint()).isEqualTo(CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"client_id\":\"app\"}", "{\"subject\":\"alice\"}",
        "{\"client_id\":\"app\",\"subject\":\"alice\",\"redirekt_uri\":\"x\"}",
        "{\"client_id\":\"app\",\"subject\":1}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"dpop_jkt\":\"short\"}",
        "{\"client_id\":\"app\",\"subject\":\"\\u00e4\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"amr\":\"pwd\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"amr\":[1]}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"auth_time\":\"yesterday\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"auth_time\":99999999999999}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"claims\":[]}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"scope\":\"\\\"\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"code_challenge\":\"short\",\"code_challenge_method\":\"S256\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"code_challenge\":\"" + CHALLENGE + "\"}",
        "{\"client_id\":\"app\",\"subject\":\"a\",\"code_challenge\":\"" + CHALLENGE
            + "\",\"code_challenge_method\":\"plain\"}",
        "{\"client_id\":\"nobody\",\"subject\":\"a\"}"})
    void shouldRefuseWhatIsNotAsDescribed(String body) throws Exception {
      assertError(post(AUTHORIZATIONS, body), 400, "invalid_request");
      assertThat(edge.log.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1_000, 1_001, 30_000})
    void shouldRefuseWhatIsNestedDeeply(int levels) throws Exception {
      assertError(post(AUTHORIZATIONS, nested(levels)), 400, "invalid_request");
      assertThat(edge.log.isEmpty()).isTrue();
    }

    @Test
    void shouldTakeWhatIsNestedThirtyTwoLevelsDeep() throws Exception {
      CompletableFuture<HttpResponse<String>> response = post(AUTHORIZATIONS, nested(32));
      edge.answerNext(new Reply.CodeCreated(300));

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    // The body is a level, and so are the claims.
    private static String nested(int levels) {
      return "{\"client_id\":\"app\",\"subject\":\"alice\",\"claims\":{\"a\":" + "[".repeat(levels - 2)
          + "]".repeat(levels - 2) + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "123456789012345678901234567890"})
    void shouldSpendNothingOnNumbersThatAreHuge(String number) throws Exception {
      CompletableFuture<HttpResponse<String>> response = post(AUTHORIZATIONS,
          "{\"client_id\":\"app\",\"subject\":\"alice\",\"claims\":{\"a\":" + number + "}}");
      InMemoryCommandLog.Appended command = edge.answerNext(new Reply.CodeCreated(300));

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      CreateAuthorization create = command.as(CreateAuthorization.class);
      assertThat(SealedClaims.open(new Opener(edge.channel, Direction.COMMAND), AuthorizationId.ofKey(command.key()),
          new CommandId(create.getHeader().getCommandId()), create.getSealedClaims()).orElseThrow().json())
          .hasSizeLessThan(50);
    }

    @Test
    void shouldRefuseANumberOfMoreDigitsThanAnybodyNeeds() throws Exception {
      assertError(post(AUTHORIZATIONS, "{\"client_id\":\"app\",\"subject\":\"alice\",\"claims\":{\"a\":"
          + "1".repeat(60_000) + "}}"), 400, "invalid_request");
    }

    @Test
    void shouldAnswerWhatWasDecided() throws Exception {
      CompletableFuture<HttpResponse<String>> response = post(AUTHORIZATIONS,
          "{\"client_id\":\"app\",\"subject\":\"alice\",\"redirect_uri\":\"https://evil.example\"}");

      edge.answerNext(new Reply.Denied("invalid_request", "expected a redirect_uri registered for the client"));

      assertError(response, 400, "invalid_request");
    }
  }

  @Nested
  class Access {
    @Test
    void shouldChallengeWhenThereIsNoToken() throws Exception {
      HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.loginUrl(AUTHORIZATIONS))
          .POST(BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"mintlog\"");
    }

    @Test
    void shouldSayWhenTheScopeIsMissing() throws Exception {
      HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.loginUrl(AUTHORIZATIONS))
          .header("Authorization", "Bearer " + TestTokens.token(claims -> claims.claim("scope", "api.read")))
          .POST(BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("error=\"insufficient_scope\"");
    }

    @Test
    void shouldAuditWhoIsNotLetIn() throws Exception {
      edge.now(HttpRequest.newBuilder(edge.loginUrl(AUTHORIZATIONS)).POST(BodyPublishers.ofString("{}")));

      edge.denials.flush();

      assertThat(edge.denied).singleElement()
          .satisfies(event -> assertThat(event.getError()).isEqualTo("invalid_token"));
    }

    @Test
    void shouldNotBeServedOnThePublicPort() throws Exception {
      for (int connection = 0; connection < 4; connection++) {
        HttpResponse<String> response = java.net.http.HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(edge.url(AUTHORIZATIONS)).POST(BodyPublishers.ofString("{}")).build(),
            HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
      }
    }

    @Test
    void shouldServeHealthBesides() throws Exception {
      assertThat(edge.now(HttpRequest.newBuilder(edge.loginUrl("/health/live"))).statusCode()).isEqualTo(200);
      assertThat(edge.now(HttpRequest.newBuilder(edge.loginUrl("/health/ready"))).statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class DeviceAuthorizations {
    private String userCode;
    private String path;
    private Authorization waiting;

    @BeforeEach
    void draw() {
      userCode = edge.userCodes.random(new SecureRandom());
      path = "/login/device-authorizations/" + userCode;
      waiting = deviceAuthorization();
    }

    @Test
    void shouldShowWhoAsksForWhat() throws Exception {
      given();

      HttpResponse<String> response = get("/login/device-authorizations/" + userCode.toLowerCase().replace("-", "%20"));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonObject json = json(response);
      assertThat(json.getString("client_id")).isEqualTo("tv");
      assertThat(json.getString("client_name")).isEqualTo("The TV");
      assertThat(json.getString("scope")).isEqualTo("api.read openid");
      assertThat(json.getString("status")).isEqualTo("pending");
      assertThat(json.getInteger("expires_in")).isBetween(280, 300);
    }

    @Test
    void shouldShowWhatWasDecided() throws Exception {
      given();
      Pending pending = (Pending) waiting.state();
      Consent consent = new Consent("tv", "alice", Scopes.of("openid"), Optional.empty(), Optional.empty(), List.of(),
          Optional.empty(), Optional.empty());
      edge.states.put(waiting.next(pending.approve(consent), waiting.applied(), waiting.keptUntil()));

      assertThat(json(get(path)).getString("status")).isEqualTo("approved");

      edge.states.put(waiting.next(pending.refuse(), waiting.applied(), waiting.keptUntil()));
      assertThat(json(get(path)).getString("status")).isEqualTo("refused");
    }

    @Test
    void shouldSendAnApproval() throws Exception {
      given();

      CompletableFuture<HttpResponse<String>> response =
          post(path + "/approval", "{\"subject\":\"alice\",\"scope\":\"openid\",\"amr\":[\"pwd\"]}");
      InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      ApproveDeviceAuthorization approve = command.as(ApproveDeviceAuthorization.class);
      assertThat(command.key()).isEqualTo(waiting.id().key());
      assertThat(approve.getHeader().getClientId()).isEqualTo("tv");
      assertThat(approve.getSubject()).isEqualTo("alice");
      assertThat(approve.getScope()).isEqualTo("openid");
      assertThat(approve.getAmr()).containsExactly("pwd");
    }

    @Test
    void shouldSendARefusal() throws Exception {
      given();

      CompletableFuture<HttpResponse<String>> response = post(path + "/refusal", "");
      InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(command.as(RefuseDeviceAuthorization.class).getAuthorizationId()).isEqualTo(waiting.id().value());
    }

    @Test
    void shouldAnswer409WhenTheOppositeWasDecided() throws Exception {
      given();

      CompletableFuture<HttpResponse<String>> response = post(path + "/refusal", "");
      edge.answerNext(new Reply.Denied("already_decided", "it was approved"));

      assertError(response, 409, "already_decided");
    }

    @Test
    void shouldAnswer404WhenThereIsNoSuchCode() throws Exception {
      assertThat(get(path).statusCode()).isEqualTo(404);
      assertThat(get("/login/device-authorizations/nonsense").statusCode()).isEqualTo(404);
      assertError(post(path + "/approval", "{\"subject\":\"alice\"}"), 404, "not_found");
    }

    @Test
    void shouldAnswer404WhenItIsGone() throws Exception {
      given();
      edge.states.forget(waiting);

      assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAnswer503WhenAnyPartitionIsNotComplete() throws Exception {
      edge.states.unmark(0);

      assert503(get(path));
    }

    @Test
    void shouldAnswer503WhenItsPartitionIsNotComplete() throws Exception {
      given();
      edge.states.unmark(edge.states.partitionOf(waiting));

      assert503(get(path));
    }

    @Test
    void shouldAnswerWhenOnlyAnotherPartitionIsNotComplete() throws Exception {
      given();
      edge.states.unmark((edge.states.partitionOf(waiting) + 1) % 4);

      assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer503WhenThePrimaryIsAnother() throws Exception {
      given();
      edge.states.promote();

      assert503(get(path));
    }

    @Test
    void shouldAnswer503WhenAPointerWasAltered() throws Exception {
      given();
      edge.states.alter("default", edge.userCodes.digests("default", userCode).get(0));

      assert503(get(path));
    }

    @Test
    void shouldAnswer503WhenTheStoreIsGone() throws Exception {
      edge.states.vanish();

      assert503(get(path));
    }

    private void given() {
      edge.states.put(waiting, "default", edge.userCodes.digests("default", userCode).get(0));
    }

    private void assert503(HttpResponse<String> response) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    private Authorization deviceAuthorization() {
      Instant now = Instant.now();
      AuthorizationId id = HandleSecret.random(new SecureRandom()).authorizationId("default");
      PolledRequest request = PolledRequest.ofDevice("tv", Scopes.of("openid", "api.read"),
          now.plusSeconds(300), edge.userCodes.digests("default", userCode).get(0));
      Applied applied = new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, 0),
          new Answer.RequestCreated(OptionalInt.of(0), Duration.ofMinutes(5), Duration.ofSeconds(5)));
      Pending pending = new Pending(request, PollClock.notYetPolled(Duration.ofSeconds(5)));
      return Authorization.born(id, pending, applied, now, now.plusSeconds(900));
    }
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return edge.send(HttpRequest.newBuilder(edge.loginUrl(path))
        .header("Authorization", "Bearer " + TestTokens.login())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return edge.now(HttpRequest.newBuilder(edge.loginUrl(path))
        .header("Authorization", "Bearer " + TestTokens.login()));
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  private static void assertError(CompletableFuture<HttpResponse<String>> response, int status, String error)
      throws Exception {
    HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(status);
    assertThat(json(answered).getString("error")).isEqualTo(error);
  }
}
