package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.CLIENT_CREDENTIALS;
import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.BodyReader;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.PollDevice;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RequestClientCredentials;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
  private static final String TOKEN = "/connect/token";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final Reply.Granted GRANTED =
      new Reply.Granted("header.payload.signature", Optional.empty(), 3600, "api.read", OptionalInt.empty());

  private final HandleSecret secret = HandleSecret.random(new SecureRandom());
  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Nested
  class ClientCredentials {
    @Test
    void shouldSendACommandAndAnswerWithItsTokens() throws Exception {
      // When
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS + "&scope=api.read", basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended command = edge.answerNext(GRANTED);

      // Then
      HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
      assertThat(answered.statusCode()).isEqualTo(200);
      assertThat(json(answered)).isEqualTo(new JsonObject().put("access_token", "header.payload.signature")
          .put("token_type", "Bearer").put("expires_in", 3600).put("scope", "api.read"));
      assertThat(answered.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
      assertThat(answered.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answered.headers().firstValue("Pragma")).contains("no-cache");
      assertThat(command.as(RequestClientCredentials.class).getScope()).isEqualTo("api.read");
    }

    @Test
    void shouldStampTheCommand() throws Exception {
      Instant before = Instant.now().minusMillis(1);
      edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      InMemoryCommandLog.Appended command = edge.log.next();

      CommandHeader header = command.header();
      assertThat(header.getCommandId()).matches("[A-Za-z0-9_-]{22}");
      assertThat(command.key()).matches("[A-Za-z0-9_-]{22}");
      assertThat(header.getTenant()).isEqualTo("default");
      assertThat(header.getClientId()).isEqualTo("app");
      assertThat(header.getRevision()).isEqualTo(edge.registry.revision());
      assertThat(header.getReplyPartition()).isEqualTo(InMemoryCommandLog.REPLY_PARTITION);
      assertThat(header.getRequestedAt()).isBetween(before, Instant.now());
      assertThat(header.getDeadline()).isEqualTo(header.getRequestedAt().plus(ServedEdge.TIME_TO_ANSWER));
      assertThat(command.as(RequestClientCredentials.class).getScope()).isNull();
    }

    @Test
    void shouldServeTheAliasAndIgnoreAQueryString() throws Exception {
      CompletableFuture<HttpResponse<String>> response = edge.postForm("/oauth2/token?client-request-id=1&scope=x",
          CLIENT_CREDENTIALS + "&unknown=1&scope=", basic("app", TestRegistry.SECRET));

      InMemoryCommandLog.Appended command = edge.answerNext(GRANTED);

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(command.as(RequestClientCredentials.class).getScope()).isNull();
    }

    @Test
    void shouldGiveEachRequestItsOwnAnswer() throws Exception {
      CompletableFuture<HttpResponse<String>> first =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS + "&scope=a", basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended firstCommand = edge.log.next();
      CompletableFuture<HttpResponse<String>> second =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS + "&scope=b", basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended secondCommand = edge.log.next();

      edge.answer(secondCommand, new Reply.Granted("b.b.b", Optional.empty(), 1, "b", OptionalInt.empty()));
      edge.answer(firstCommand, new Reply.Granted("a.a.a", Optional.empty(), 1, "a", OptionalInt.empty()));

      assertThat(json(first.get(10, TimeUnit.SECONDS)).getString("access_token")).isEqualTo("a.a.a");
      assertThat(json(second.get(10, TimeUnit.SECONDS)).getString("access_token")).isEqualTo("b.b.b");
    }
  }

  @Nested
  class AuthorizationCode {
    @Test
    void shouldSendTheVerifiersDigestAndWriteTheFirstRefreshHandle() throws Exception {
      // Given
      String code = edge.handles.write("default", secret, HandleKind.CODE, 0);

      // When
      CompletableFuture<HttpResponse<String>> response = edge.postForm(TOKEN,
          form("grant_type", "authorization_code", "code", code, "redirect_uri", "https://app.example/cb",
              "code_verifier", VERIFIER),
          basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended command = edge.answerNext(
          new Reply.Granted("a.b.c", Optional.of("i.d.t"), 3600, "offline_access openid", OptionalInt.of(1)));

      // Then
      RedeemCode redeem = command.as(RedeemCode.class);
      assertThat(redeem.getVerifierDigest()).isEqualTo(CHALLENGE);
      assertThat(redeem.getRedirectUri()).isEqualTo("https://app.example/cb");
      assertThat(redeem.getAuthorizationId()).isEqualTo(secret.authorizationId("default").value());
      assertThat(command.key()).isEqualTo(secret.authorizationId("default").key());
      assertThat(command.command().toString()).doesNotContain(VERIFIER).doesNotContain(code);
      JsonObject json = json(response.get(10, TimeUnit.SECONDS));
      assertThat(json.getString("id_token")).isEqualTo("i.d.t");
      assertThat(json.getString("refresh_token"))
          .isEqualTo(edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 1));
    }

    @Test
    void shouldRefuseAndAuditWhenTheCodeIsForged() throws Exception {
      HttpResponse<String> response = edge.postFormNow(TOKEN,
          form("grant_type", "authorization_code", "code", "forged", "code_verifier", VERIFIER),
          basic("app", TestRegistry.SECRET));

      assertError(response, 400, "invalid_grant");
      assertThat(edge.log.isEmpty()).isTrue();
      edge.denials.flush();
      assertThat(edge.denied).singleElement().satisfies(event -> {
        assertThat(event.getError()).isEqualTo("invalid_grant");
        assertThat(event.getHeader().getClientId()).isEqualTo("app");
        assertThat(event.getGrantType()).isEqualTo("authorization_code");
      });
    }

    @Test
    void shouldRefuseWhenAHandleOfAnotherKindIsPresented() throws Exception {
      String refresh = edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 1);

      assertError(edge.postFormNow(TOKEN, form("grant_type", "authorization_code", "code", refresh),
          basic("app", TestRegistry.SECRET)), 400, "invalid_grant");
    }

    @Test
    void shouldNotJudgeAHandleOfAnUnknownKey() throws Exception {
      String elsewhere = new Handles(SecretRing.of(RootSecret.random(new SecureRandom())))
          .write("default", secret, HandleKind.CODE, 0);

      HttpResponse<String> response = edge.postFormNow(TOKEN,
          form("grant_type", "authorization_code", "code", elsewhere), basic("app", TestRegistry.SECRET));

      assertError(response, 503, "temporarily_unavailable");
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX+"})
    void shouldRefuseWhenTheVerifierBreaksTheAbnf(String verifier) throws Exception {
      String code = edge.handles.write("default", secret, HandleKind.CODE, 0);

      assertError(edge.postFormNow(TOKEN,
          form("grant_type", "authorization_code", "code", code, "code_verifier", verifier),
          basic("app", TestRegistry.SECRET)), 400, "invalid_grant");
      assertThat(edge.log.isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseWhenTheCodeIsMissing() throws Exception {
      assertError(edge.postFormNow(TOKEN, "grant_type=authorization_code&code=", basic("app", TestRegistry.SECRET)),
          400, "invalid_request");
    }

    @Test
    void shouldSayToStartAgainWhenNobodyKnowsWhetherTheCodeWasUsed() throws Exception {
      String code = edge.handles.write("default", secret, HandleKind.CODE, 0);
      CompletableFuture<HttpResponse<String>> response = edge.postForm(TOKEN,
          form("grant_type", "authorization_code", "code", code), basic("app", TestRegistry.SECRET));

      edge.log.next().failed().accept(Unanswered.MAYBE_APPENDED);

      HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
      assertError(answered, 503, "temporarily_unavailable");
      assertThat(answered.headers().firstValue("Retry-After")).isEmpty();
      assertThat(json(answered).getString("error_description")).contains("start again");
    }
  }

  @Nested
  class RefreshTokens {
    /** Within the grace window the successor is the same; after it, presenting a handle again revokes. */
    @ParameterizedTest
    @CsvSource({"app, true", "hasty, false"})
    void shouldInviteToTryAgainOnlyWhereThereIsTimeFor(String client, boolean invited) throws Exception {
      String handle = edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 4);
      CompletableFuture<HttpResponse<String>> response = edge.postForm(TOKEN,
          form("grant_type", "refresh_token", "refresh_token", handle), basic(client, TestRegistry.SECRET));

      edge.log.next().failed().accept(Unanswered.MAYBE_APPENDED);

      HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
      assertError(answered, 503, "temporarily_unavailable");
      assertThat(answered.headers().firstValue("Retry-After").isPresent()).isEqualTo(invited);
    }

    @Test
    void shouldSendTheGenerationAndWriteTheSuccessor() throws Exception {
      String handle = edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 4);

      CompletableFuture<HttpResponse<String>> response = edge.postForm(TOKEN,
          form("grant_type", "refresh_token", "refresh_token", handle, "scope", "api.read"),
          basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended command =
          edge.answerNext(new Reply.Granted("a.b.c", Optional.empty(), 60, "api.read", OptionalInt.of(5)));

      assertThat(command.as(RefreshToken.class).getGeneration()).isEqualTo(4);
      assertThat(command.as(RefreshToken.class).getScope()).isEqualTo("api.read");
      assertThat(json(response.get(10, TimeUnit.SECONDS)).getString("refresh_token"))
          .isEqualTo(edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, 5));
    }
  }

  @Nested
  class DeviceCode {
    @ParameterizedTest
    @ValueSource(strings = {"urn:ietf:params:oauth:grant-type:device_code", "device_code"})
    void shouldPollUnderEitherName(String grantType) throws Exception {
      String handle = edge.handles.write("default", secret, HandleKind.DEVICE_CODE, 0);

      CompletableFuture<HttpResponse<String>> response = edge.postForm(TOKEN,
          form("grant_type", grantType, "device_code", handle, "client_id", "tv"));
      InMemoryCommandLog.Appended command =
          edge.answerNext(new Reply.Denied("authorization_pending", "the user has not decided yet"));

      assertThat(command.command()).isInstanceOf(PollDevice.class);
      assertError(response.get(10, TimeUnit.SECONDS), 400, "authorization_pending");
    }
  }

  @Nested
  class ErrorsOfRfc6749Section5Point2 {
    @Test
    void shouldAnswerWhatWasDecided() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS + "&scope=nope", basic("app", TestRegistry.SECRET));

      edge.answerNext(new Reply.Denied("invalid_scope", "expected \"allowed\" scopes"));

      HttpResponse<String> answered = response.get(10, TimeUnit.SECONDS);
      assertError(answered, 400, "invalid_scope");
      assertThat(json(answered).getString("error_description")).isEqualTo("expected 'allowed' scopes");
      assertThat(answered.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldChallengeWhenBasicWasUsed() throws Exception {
      HttpResponse<String> response = edge.postFormNow(TOKEN, CLIENT_CREDENTIALS, basic("app", "wrong"));

      assertError(response, 401, "invalid_client");
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=");
    }

    @Test
    void shouldChallengeWhenTheClientWasDisabledMeanwhile() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      edge.answerNext(new Reply.Denied("invalid_client", "expected an enabled client"));

      assertError(response.get(10, TimeUnit.SECONDS), 401, "invalid_client");
    }

    @Test
    void shouldNotChallengeWhenBasicWasNotUsed() throws Exception {
      HttpResponse<String> response = edge.postFormNow(TOKEN,
          form("grant_type", "client_credentials", "client_id", "app", "client_secret", "wrong"));

      assertError(response, 400, "invalid_client");
      assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void shouldAuditAFailedProofWithoutItsSecret() throws Exception {
      edge.postFormNow(TOKEN, CLIENT_CREDENTIALS, basic("app", "wr0ng-s3cr3t"));
      edge.postFormNow(TOKEN, CLIENT_CREDENTIALS, basic("nobody-knows-it", "x"));

      edge.denials.flush();
      assertThat(edge.denied).extracting(event -> event.getHeader().getClientId()).containsExactly("app", "unknown");
      assertThat(edge.denied).allSatisfy(event -> {
        assertThat(event.getGrantType()).isEqualTo("client_credentials");
        assertThat(event.toString()).doesNotContain("wr0ng-s3cr3t").doesNotContain("nobody-knows-it");
      });
    }

    @Test
    void shouldRefuseWhenGrantTypeIsMissing() throws Exception {
      assertError(edge.postFormNow(TOKEN, "scope=api.read", basic("app", TestRegistry.SECRET)), 400,
          "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"implicit", "urn:nobody:knows", "Client_Credentials", "ä"})
    void shouldRefuseWhenGrantTypeIsUnknown(String grantType) throws Exception {
      assertError(edge.postFormNow(TOKEN, form("grant_type", grantType), basic("app", TestRegistry.SECRET)), 400,
          "unsupported_grant_type");
    }

    @Test
    void shouldRefuseWhenAParameterIsRepeated() throws Exception {
      assertError(edge.postFormNow(TOKEN, CLIENT_CREDENTIALS + "&scope=a&scope=b", basic("app", TestRegistry.SECRET)),
          400, "invalid_request");
    }

    @Test
    void shouldRefuseAMalformedScope() throws Exception {
      assertError(edge.postFormNow(TOKEN, form("grant_type", "client_credentials", "scope", "a\"b"),
          basic("app", TestRegistry.SECRET)), 400, "invalid_scope");
    }
  }

  @Nested
  class Http {
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void shouldRefuseOtherMethodsAndNameTheRightOne(String method) throws Exception {
      HttpResponse<String> response =
          edge.now(HttpRequest.newBuilder(edge.url(TOKEN)).method(method, BodyPublishers.noBody()));

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/x-www-form-urlencodedx", "garbage"})
    void shouldRefuseOtherContentTypes(String contentType) throws Exception {
      assertError(edge.now(HttpRequest.newBuilder(edge.url(TOKEN)).header("Content-Type", contentType)
          .POST(BodyPublishers.ofString(CLIENT_CREDENTIALS))), 400, "invalid_request");
    }

    @Test
    void shouldRefuseWhenThereIsNoContentType() throws Exception {
      assertError(edge.now(HttpRequest.newBuilder(edge.url(TOKEN)).POST(BodyPublishers.ofString(CLIENT_CREDENTIALS))),
          400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded;charset=utf-8",
        "Application/X-WWW-Form-Urlencoded; charset=\"UTF-8\""})
    void shouldAcceptACharset(String contentType) throws Exception {
      CompletableFuture<HttpResponse<String>> response = edge.send(HttpRequest.newBuilder(edge.url(TOKEN))
          .header("Content-Type", contentType).headers(basic("app", TestRegistry.SECRET))
          .POST(BodyPublishers.ofString(CLIENT_CREDENTIALS)));

      edge.answerNext(GRANTED);

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() throws Exception {
      assertError(edge.postFormNow(TOKEN, "a=" + "x".repeat(BodyReader.BODY_BYTES_MAX)), 413, "invalid_request");
    }

    @Test
    void shouldRefuseABodyThatTurnsOutTooLarge() throws Exception {
      byte[] body = ("a=" + "x".repeat(4 * BodyReader.BODY_BYTES_MAX)).getBytes();
      assertError(edge.now(HttpRequest.newBuilder(edge.url(TOKEN))
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))), 413, "invalid_request");
    }

    @Test
    void shouldReadABodyThatComesInChunks() throws Exception {
      String padded = CLIENT_CREDENTIALS + "&padding=" + "x".repeat(BodyReader.BODY_BYTES_MAX - 1_000);
      CompletableFuture<HttpResponse<String>> response = edge.send(HttpRequest.newBuilder(edge.url(TOKEN))
          .header("Content-Type", "application/x-www-form-urlencoded").headers(basic("app", TestRegistry.SECRET))
          .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(padded.getBytes()))));

      edge.answerNext(GRANTED);

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSendAContinueWhenAsked() throws Exception {
      CompletableFuture<HttpResponse<String>> response = edge.send(HttpRequest.newBuilder(edge.url(TOKEN))
          .header("Content-Type", "application/x-www-form-urlencoded").headers(basic("app", TestRegistry.SECRET))
          .expectContinue(true).POST(BodyPublishers.ofString(CLIENT_CREDENTIALS)));

      edge.answerNext(GRANTED);

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerOtherPathsWithJson() throws Exception {
      assertError(edge.now(HttpRequest.newBuilder(edge.url("/nowhere"))), 404, "invalid_request");
    }
  }

  @Nested
  class Bounds {
    @Test
    void shouldAnswer503AtOnceWhenTheLogTakesNothing() throws Exception {
      edge.log.refuse();

      HttpResponse<String> response =
          edge.postFormNow(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      assertError(response, 503, "temporarily_unavailable");
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
      assertThat(edge.pending.size()).isZero();
    }

    @Test
    void shouldAnswer503AtOnceWhenAClientHoldsItsShare() throws Exception {
      for (int i = 0; i < 50; i++) {
        edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));
        edge.log.next();
      }

      HttpResponse<String> response =
          edge.postFormNow(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      assertError(response, 503, "temporarily_unavailable");
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void shouldAnswer500WhenAnAnswerCannotBeWritten() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      // No handle was presented, so none can be written.
      edge.answerNext(new Reply.Granted("a.b.c", Optional.empty(), 60, "api.read", OptionalInt.of(1)));

      assertError(response.get(10, TimeUnit.SECONDS), 500, "server_error");
    }

    @Test
    void shouldSayThatInTheFormThatItsClientsRead() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm("/default/oauth2/v2.0/token", CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));

      edge.answerNext(new Reply.Granted("a.b.c", Optional.empty(), 60, "api.read", OptionalInt.of(1)));

      HttpResponse<String> told = response.get(10, TimeUnit.SECONDS);
      assertThat(told.statusCode()).isEqualTo(500);
      assertThat(told.body()).contains("\"server_error\"", "\"error_codes\"", "\"correlation_id\"");
    }

    @Test
    void shouldForgetAClientThatLeft() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended command = edge.log.next();

      response.cancel(true);
      edge.answer(command, GRANTED);

      assertThat(edge.pending.size()).isZero();
    }

    @Test
    void shouldAnswerWhatIsInFlightBeforeItStops() throws Exception {
      CompletableFuture<HttpResponse<String>> response =
          edge.postForm(TOKEN, CLIENT_CREDENTIALS, basic("app", TestRegistry.SECRET));
      InMemoryCommandLog.Appended command = edge.log.next();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
        try {
          edge.ports().shutDown(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });

      // Whoever is told that the port is closed comes after the shutdown has begun.
      await().atMost(Duration.ofSeconds(10)).until(() -> !edge.isListening());
      assertThat(stopped).isNotDone();
      edge.answer(command, GRANTED);

      assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(response.get().headers().firstValue("Connection")).contains("close");
      assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  private static void assertError(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).getString("error")).isEqualTo(error);
    assertThat(json(response).getString("error_description")).isNotBlank();
  }
}
