package dev.mintlog.edge.http.inspection;

import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.http.TestAuthorization;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.SignResponse;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core §5.3, RFC 6750. */
class UserInfoEndpointTest {
  private static final String PATH = "/connect/userinfo";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();
  private final TestAuthorization authorization = new TestAuthorization(edge, "app");

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/oauth2/userinfo"})
  void shouldTellWhatTheScopesAskFor(String path) throws Exception {
    authorization.active(1);

    HttpResponse<String> response =
        get(path, "Bearer " + authorization.accessToken("openid profile email phone address api.read"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    assertThat(new JsonObject(response.body()).getMap()).containsOnlyKeys("sub", "name", "given_name", "email",
        "email_verified", "phone_number", "address");
    assertThat(new JsonObject(response.body()).getString("sub")).isEqualTo("alice-1");
    assertThat(new JsonObject(response.body()).getBoolean("email_verified")).isTrue();
    assertThat(new JsonObject(response.body()).getJsonObject("address").getString("locality")).isEqualTo("Springfield");
  }

  @Test
  void shouldTellNothingButTheSubjectWhereNoMoreIsAskedFor() throws Exception {
    authorization.active(1);

    assertThat(told("openid")).isEqualTo(Map.of("sub", "alice-1"));
    assertThat(told("openid email")).containsOnlyKeys("sub", "email", "email_verified");
  }

  @Test
  void shouldPreferWhatTheLoginApplicationVouchedFor() throws Exception {
    authorization.withClaims("{\"email\":\"alice@work.example\",\"sub\":\"mallory\",\"shoe_size\":40}").active(1);

    assertThat(told("openid email")).containsEntry("email", "alice@work.example").containsEntry("email_verified", true)
        .containsEntry("sub", "alice-1").doesNotContainKey("shoe_size");
  }

  @Test
  void shouldTakeTheTokenFromTheBodyOfAPostAsWell() throws Exception {
    authorization.active(1);

    HttpResponse<String> inBody = edge.postFormNow(PATH, form("access_token", authorization.accessToken()));
    HttpResponse<String> inHeader = edge.now(HttpRequest.newBuilder(edge.url(PATH))
        .header("Authorization", "bearer " + authorization.accessToken()).POST(BodyPublishers.noBody()));

    assertThat(inBody.statusCode()).as(inBody.body()).isEqualTo(200);
    assertThat(inHeader.body()).isEqualTo(inBody.body()).isEqualTo("{\"sub\":\"alice-1\"}");
  }

  @Test
  void shouldChallengeWithoutAnErrorWhereNoTokenCame() throws Exception {
    HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.url(PATH + "?access_token=x")));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"mintlog\"");
  }

  @Test
  void shouldRefuseATokenThatIsNoneOrNoneAnyMore() throws Exception {
    authorization.active(1);
    assertRefused(get(PATH, "Bearer nonsense"), 401, "invalid_token");
    assertThat(get(PATH, "Basic YTpi").headers().firstValue("WWW-Authenticate"))
        .as("another scheme is no token").contains("Bearer realm=\"mintlog\"");
    assertRefused(get(PATH, "Bearer " + TestTokens.token(SigningAlgorithm.RS256, "JWT",
        claims -> claims.claim("scope", "openid"))), 401, "invalid_token");
    assertRefused(get(PATH, "Bearer " + TestTokens.token(claims -> claims.claim("scope", "openid")
        .expirationTime(Date.from(Instant.now().minusSeconds(1))))), 401, "invalid_token");

    authorization.revoked();
    assertRefused(get(PATH, "Bearer " + authorization.accessToken()), 401, "invalid_token");
  }

  @Test
  void shouldRefuseAsABearerWhatIsBoundToAKey() throws Exception {
    authorization.active(1);
    String bound = TestTokens.token(claims -> claims.jwtID(authorization.id().value() + ".BBBBBBBBBBBBBBBBBBBBBB")
        .subject("alice-1").claim("client_id", "app").claim("scope", "openid").claim("cnf", Map.of("jkt", "x")));

    assertRefused(get(PATH, "Bearer " + bound), 401, "invalid_token");
  }

  @Test
  void shouldRefuseATokenWithoutOpenid() throws Exception {
    authorization.active(1);

    HttpResponse<String> response = get(PATH, "Bearer " + authorization.accessToken("api.read"));

    assertRefused(response, 403, "insufficient_scope");
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("scope=\"openid\"");
  }

  @Test
  void shouldRefuseTwoTokensAtOnce() throws Exception {
    authorization.active(1);
    String token = authorization.accessToken();

    assertRefused(edge.postFormNow(PATH, form("access_token", token), "Authorization", "Bearer " + token), 400,
        "invalid_request");
    assertRefused(edge.postFormNow(PATH, form("access_token", token, "access_token", token)), 400, "invalid_request");
  }

  @Test
  void shouldRefuseOtherMethodsAndContentTypes() throws Exception {
    HttpResponse<String> put =
        edge.now(HttpRequest.newBuilder(edge.url(PATH)).PUT(BodyPublishers.noBody()));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).contains("GET, POST");
    assertThat(edge.now(HttpRequest.newBuilder(edge.url(PATH)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(415);
  }

  @Test
  void shouldConcludeNothingWithoutRedis() throws Exception {
    authorization.active(1);
    edge.states.vanish();

    HttpResponse<String> response = get(PATH, "Bearer " + authorization.accessToken());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  private Map<String, Object> told(String scope) throws Exception {
    HttpResponse<String> response = get(PATH, "Bearer " + authorization.accessToken(scope));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getMap();
  }

  private HttpResponse<String> get(String path, String authorizationHeader) throws Exception {
    return edge.now(HttpRequest.newBuilder(edge.url(path)).header("Authorization", authorizationHeader));
  }

  private static void assertRefused(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(error);
    if (status != 400 || response.headers().firstValue("WWW-Authenticate").isPresent()) {
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer realm=\"mintlog\"")
          .contains("error=\"" + error + "\"");
    }
  }

  @Test
  void shouldHaveTheAnswerSignedForAClientThatIsRegisteredForIt() throws Exception {
    TestAuthorization ofTv = new TestAuthorization(edge, "tv").active(1);

    CompletableFuture<HttpResponse<String>> response = edge.send(HttpRequest.newBuilder(edge.url(PATH))
        .header("Authorization", "Bearer " + ofTv.accessToken("openid email")));
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Signed("a.signed.response"));

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(response.get().body()).isEqualTo("a.signed.response");
    assertThat(response.get().headers().firstValue("Content-Type")).contains("application/jwt");
    SignResponse sign = command.as(SignResponse.class);
    assertThat(sign.getKind()).isEqualTo("userinfo");
    assertThat(sign.getSubject()).isEqualTo("alice-1");
    assertThat(sign.getHeader().getClientId()).as("its audience").isEqualTo("tv");
    assertThat(command.command().toString()).doesNotContain("alice@example.org");
  }
}
