package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.RevokeAuthorization;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7009. */
class RevocationEndpointTest {
  private static final String PATH = "/connect/revocation";
  private static final String[] APP = basic("app", TestRegistry.SECRET);

  private final HandleSecret secret = HandleSecret.random(new SecureRandom());
  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/oauth2/revoke"})
  void shouldAnswerNothingWhenTheLogHasTheEndOfARefreshToken(String path) throws Exception {
    // When
    CompletableFuture<HttpResponse<String>> response = edge.postForm(path,
        form("token", refreshToken(), "token_type_hint", "refresh_token"), APP);
    InMemoryCommandLog.Appended command = edge.log.next();
    assertThat(response).as("nothing before the reply").isNotDone();
    edge.answer(command, new Reply.Done());

    // Then
    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(response.get().body()).isEmpty();
    assertThat(response.get().headers().firstValue("Cache-Control")).contains("no-store");
    RevokeAuthorization revoke = command.as(RevokeAuthorization.class);
    assertThat(revoke.getAuthorizationId()).isEqualTo(secret.authorizationId("default").value());
    assertThat(command.key()).isEqualTo(secret.authorizationId("default").key());
    assertThat(command.header().getClientId()).isEqualTo("app");
    assertThat(command.command().toString()).doesNotContain(refreshToken());
  }

  @Test
  void shouldEndTheAuthorizationThatAnAccessTokenNames() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        edge.postForm(PATH, form("token", accessToken("app")), APP);

    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(command.key()).isEqualTo(secret.authorizationId("default").key());
  }

  @Test
  void shouldNotLookAtTheHint() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        edge.postForm(PATH, form("token", refreshToken(), "token_type_hint", "no such type"), APP);

    edge.answerNext(new Reply.Done());

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldLetAPublicClientRevokeByItsName() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        edge.postForm(PATH, form("token", refreshToken(), "client_id", "tv"));

    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(command.header().getClientId()).as("the decision compares it").isEqualTo("tv");
  }

  @Test
  void shouldLeaveAnAccessTokenOfAnotherClientAlone() throws Exception {
    assertUntouched(accessToken("tv"));
  }

  @Test
  void shouldAnswerAnUnknownTokenAsOneThatHasEnded() throws Exception {
    assertUntouched("unknown");
    assertUntouched("a.b.c");
    assertUntouched(forged());
    assertUntouched(edge.handles.write("other", secret, HandleKind.REFRESH_TOKEN, 1));
    assertUntouched(edge.handles.write("default", secret, HandleKind.CODE, 0));
  }

  @Test
  void shouldNotTakeAnIdTokenForAnAccessToken() throws Exception {
    assertUntouched(token(SigningAlgorithm.RS256, "JWT", "app", jti()));
  }

  @Test
  void shouldNotTakeTheHeadersWordForTheAlgorithm() throws Exception {
    String header = Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"alg\":\"HS256\",\"typ\":\"at+jwt\","
        + "\"kid\":\"" + TestRegistry.privateKey(SigningAlgorithm.RS256).getKeyID() + "\"}").getBytes());
    String good = accessToken("app");

    assertUntouched(header + good.substring(good.indexOf('.')));
  }

  @Test
  void shouldAnswerAnExpiredAccessTokenAsOneThatHasEnded() throws Exception {
    assertUntouched(TestTokens.token(claims -> claims.jwtID(jti()).claim("client_id", "app")
        .expirationTime(Date.from(Instant.now().minusSeconds(1)))));
  }

  @Test
  void shouldRefuseAnAccessTokenThatHasNoAuthorization() throws Exception {
    assertError(edge.postFormNow(PATH, form("token", token(SigningAlgorithm.RS256, "at+jwt", "app", "no-dot")), APP),
        400, "unsupported_token_type");
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldConcludeNothingFromAHandleUnderAnUnknownKey() throws Exception {
    String other = new Handles(SecretRing.of(RootSecret.random(new SecureRandom())))
        .write("default", secret, HandleKind.REFRESH_TOKEN, 1);

    HttpResponse<String> response = edge.postFormNow(PATH, form("token", other), APP);

    assertError(response, 503, "temporarily_unavailable");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void shouldRefuseARequestWithoutTokenOrWithTwo() throws Exception {
    assertError(edge.postFormNow(PATH, "token_type_hint=refresh_token", APP), 400, "invalid_request");
    assertError(edge.postFormNow(PATH, "token=a&token=b", APP), 400, "invalid_request");
  }

  @Test
  void shouldRefuseAClientThatDoesNotProveItself() throws Exception {
    HttpResponse<String> wrong = edge.postFormNow(PATH, form("token", refreshToken()), basic("app", "wrong"));

    assertError(wrong, 401, "invalid_client");
    assertThat(wrong.headers().firstValue("WWW-Authenticate")).isPresent();
    assertError(edge.postFormNow(PATH, form("token", refreshToken())), 400, "invalid_client");
    assertError(edge.postFormNow(PATH, form("token", refreshToken(), "client_id", "app")), 400, "invalid_client");
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldRefuseOtherMethodsAndContentTypes() throws Exception {
    HttpResponse<String> get = edge.now(HttpRequest.newBuilder(edge.url(PATH + "?token=x")));
    HttpResponse<String> json = edge.now(HttpRequest.newBuilder(edge.url(PATH))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));

    assertError(get, 405, "invalid_request");
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertError(json, 415, "invalid_request");
  }

  @Test
  void shouldAskToTryAgainWhenTheLogTakesNothing() throws Exception {
    edge.log.refuse();

    HttpResponse<String> response = edge.postFormNow(PATH, form("token", refreshToken()), APP);

    // RFC 7009 §2.2.1: "the client must assume the token still exists and may retry after a reasonable delay".
    assertError(response, 503, "temporarily_unavailable");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  private void assertUntouched(String token) throws Exception {
    HttpResponse<String> response = edge.postFormNow(PATH, form("token", token), APP);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(edge.log.isEmpty()).isTrue();
  }

  private String refreshToken() {
    return edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 1);
  }

  private String accessToken(String clientId) {
    return token(SigningAlgorithm.RS256, "at+jwt", clientId, jti());
  }

  private String jti() {
    return secret.authorizationId("default").value() + ".AAAAAAAAAAAAAAAAAAAAAA";
  }

  private static String token(SigningAlgorithm algorithm, String type, String clientId, String jti) {
    return TestTokens.token(algorithm, type, claims -> claims.claim("client_id", clientId).jwtID(jti));
  }

  // The signature of another token: each is well-formed, they do not belong together.
  private String forged() {
    String good = accessToken("app");
    return good.substring(0, good.lastIndexOf('.')) + accessToken("tv").substring(accessToken("tv").lastIndexOf('.'));
  }

  private static void assertError(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(error);
  }
}
