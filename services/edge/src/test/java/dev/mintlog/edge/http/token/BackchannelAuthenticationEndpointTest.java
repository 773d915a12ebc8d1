package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.log.SealedText;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.CreateBackchannelAuthentication;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID CIBA Core §7 and §13. */
class BackchannelAuthenticationEndpointTest {
  private static final String PATH = "/connect/ciba";
  private static final String[] BANK = ServedEdge.basic("bank", TestRegistry.SECRET);

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Test
  void shouldAnswerWithAnAuthReqId() throws Exception {
    // When
    CompletableFuture<HttpResponse<String>> response = post("login_hint", "dora", "binding_message", "W4SCT: 23 €",
        "acr_values", "urn:mfa urn:pwd", "requested_expiry", "120");
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.RequestCreated(OptionalInt.empty(), 120, 5));

    // Then
    JsonObject json = new JsonObject(response.get(10, TimeUnit.SECONDS).body());
    assertThat(response.get().statusCode()).isEqualTo(200);
    assertThat(response.get().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(json.getInteger("expires_in")).isEqualTo(120);
    assertThat(json.getInteger("interval")).isEqualTo(5);
    assertThat(edge.handles.read("default", HandleKind.AUTH_REQ_ID, json.getString("auth_req_id")))
        .isInstanceOfSatisfying(Handles.Reading.Valid.class,
            valid -> assertThat(valid.id().key()).isEqualTo(command.key()));
    CreateBackchannelAuthentication create = command.as(CreateBackchannelAuthentication.class);
    assertThat(create.getHeader().getClientId()).isEqualTo("bank");
    assertThat(create.getSubject()).isEqualTo("s-dora");
    assertThat(create.getScope()).isEqualTo("api.read openid");
    assertThat(create.getAcrValues()).containsExactly("urn:mfa", "urn:pwd");
    assertThat(create.getRequestedExpirySeconds()).isEqualTo(120);
    assertThat(create.getSealedNotificationToken()).isNull();
    assertThat(create.getSealedAuthReqId()).isNull();
    assertThat(command.command().toString()).doesNotContain(json.getString("auth_req_id")).doesNotContain("W4SCT");
    assertThat(SealedText.open(new Opener(edge.channel, Direction.COMMAND), AuthorizationId.ofKey(command.key()),
        new CommandId(create.getHeader().getCommandId()), create.getSealedBindingMessage()))
        .contains("W4SCT: 23 €");
  }

  @Test
  void shouldTakeASubjectAsLoginHint() throws Exception {
    post("login_hint", "s-dora");

    assertThat(next().getSubject()).isEqualTo("s-dora");
  }

  /** §7.1: an id_token_hint may have expired. */
  @Test
  void shouldTakeAnExpiredIdTokenOfTheClientAsHint() throws Exception {
    post("id_token_hint", idToken("bank", "JWT"));

    assertThat(next().getSubject()).isEqualTo("s-somebody");
  }

  @Test
  void shouldRefuseAnIdTokenHintOfAnotherClientOrKind() throws Exception {
    assertRefused(post("id_token_hint", idToken("app", "JWT")), 400, "invalid_request");
    assertRefused(post("id_token_hint", idToken("bank", "at+jwt")), 400, "invalid_request");
    assertRefused(post("id_token_hint", idToken("bank", "JWT") + "x"), 400, "invalid_request");
    assertRefused(post("id_token_hint", "nonsense"), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "gone", "s-gone", "Dora"})
  void shouldRefuseAUserThatIsUnknownOrDisabled(String hint) throws Exception {
    assertRefused(post("login_hint", hint), 400, "unknown_user_id");

    edge.denials.flush();
    assertThat(edge.denied).singleElement().satisfies(event -> {
      assertThat(event.getError()).isEqualTo("unknown_user_id");
      assertThat(event.getHeader().getClientId()).isEqualTo("bank");
      assertThat(event.toString()).doesNotContain(hint.equals("gone") ? "s-gone" : hint);
    });
  }

  @Test
  void shouldWantTheUserCodeOfAUserWhoHasOne() throws Exception {
    assertRefused(post("login_hint", "dan"), 400, "missing_user_code");
    assertRefused(post("login_hint", "dan", "user_code", "wrong"), 400, "invalid_user_code");

    edge.denials.flush();
    assertThat(edge.denied).extracting(event -> event.getError())
        .containsExactlyInAnyOrder("missing_user_code", "invalid_user_code");
  }

  @Test
  void shouldTakeTheUserCodeAndSendItNowhere() throws Exception {
    post("login_hint", "dan", "user_code", TestRegistry.CHOSEN_SECRET);

    CreateBackchannelAuthentication create = next();
    assertThat(create.getSubject()).isEqualTo("s-dan");
    assertThat(create.toString()).doesNotContain(TestRegistry.CHOSEN_SECRET);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "scope=openid | Missing login_hint_token, id_token_hint, or login_hint",
      "scope=openid&login_hint=dora&id_token_hint=x | Too many of login_hint_token, id_token_hint, or login_hint",
      "scope=openid&login_hint_token=x | Invalid login_hint_token",
      "login_hint=dora | Missing scope",
      "scope=api.read&login_hint=dora | Missing the openid scope",
      "scope=openid&login_hint=dora&requested_expiry=0 | Invalid requested_expiry",
      "scope=openid&login_hint=dora&requested_expiry=301 | Invalid requested_expiry",
      "scope=openid&login_hint=dora&requested_expiry=soon | Invalid requested_expiry",
      "scope=openid&login_hint=dora&acr_values=%C3%A4 | Invalid acr_values",
      "scope=openid&request=e30.e30. | expected the parameters themselves"})
  void shouldRefuseWhatIsNotARequest(String form, String description) throws Exception {
    HttpResponse<String> response = edge.postFormNow(PATH, form.trim(), BANK);

    assertRefused(CompletableFuture.completedFuture(response), 400, "invalid_request");
    assertThat(new JsonObject(response.body()).getString("error_description")).startsWith(description);
  }

  @Test
  void shouldRefuseParametersThatAreTooLong() throws Exception {
    assertRefused(post("login_hint", "a".repeat(101)), 400, "invalid_request");
    assertRefused(post("id_token_hint", "a".repeat(4_001)), 400, "invalid_request");
    assertRefused(post("login_hint", "dora", "acr_values", "a".repeat(301)), 400, "invalid_request");
    assertRefused(post("login_hint", "dora", "user_code", "a".repeat(101)), 400, "invalid_request");
    assertRefused(post("login_hint", "dora", "binding_message", "a".repeat(101)), 400, "invalid_binding_message");
  }

  @ParameterizedTest
  @ValueSource(strings = {"line\nbreak", "\u202Etxt", "tab\t", "zero\u200Bwidth", "\uE000"})
  void shouldRefuseABindingMessageThatAPersonCannotCompare(String message) throws Exception {
    assertRefused(post("login_hint", "dora", "binding_message", message), 400, "invalid_binding_message");
  }

  @Test
  void shouldTakeABindingMessageOfAHundredCharactersBeyondTheBasicPlane() throws Exception {
    post("login_hint", "dora", "binding_message", "\uD83D\uDE00".repeat(100));

    assertThat(next().getSealedBindingMessage()).isNotNull();
  }

  /** §7.1: "REQUIRED if the Client is registered to use Ping or Push modes". */
  @Test
  void shouldWantTheNotificationTokenOfAClientInPingMode() throws Exception {
    String[] pinged = ServedEdge.basic("pinged", TestRegistry.SECRET);
    for (String wrong : new String[] {"", "no bearer", "x".repeat(1_025), "a\"b"}) {
      assertRefused(edge.postForm(PATH, form("scope", "openid", "login_hint", "dora", "client_notification_token", wrong),
          pinged), 400, "invalid_request");
    }

    edge.postForm(PATH, form("scope", "openid", "login_hint", "dora", "client_notification_token", "x".repeat(1_024)),
        pinged);
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.RequestCreated(OptionalInt.empty(), 300, 5));
    CreateBackchannelAuthentication create = command.as(CreateBackchannelAuthentication.class);

    assertThat(create.toString()).doesNotContain("xxx");
    Opener opener = new Opener(edge.channel, Direction.COMMAND);
    AuthorizationId id = AuthorizationId.ofKey(command.key());
    CommandId commandId = new CommandId(create.getHeader().getCommandId());
    assertThat(SealedText.open(opener, id, commandId, create.getSealedNotificationToken()))
        .contains("x".repeat(1_024));
    assertThat(SealedText.open(opener, id, commandId, create.getSealedAuthReqId()))
        .hasValueSatisfying(handle -> assertThat(edge.handles.read("default", HandleKind.AUTH_REQ_ID, handle))
            .isInstanceOf(Handles.Reading.Valid.class));
  }

  /** §13: 401 for invalid_client, however the client authenticated. */
  @Test
  void shouldAnswer401ToAClientThatDoesNotProveItself() throws Exception {
    assertRefused(edge.postForm(PATH, form("client_id", "bank", "client_secret", "wrong", "scope", "openid")), 401,
        "invalid_client");
    assertRefused(edge.postForm(PATH, form("scope", "openid"), ServedEdge.basic("bank", "wrong")), 401,
        "invalid_client");
  }

  @Test
  void shouldAnswer403ToWhatWasDecidedAsAccessDenied() throws Exception {
    CompletableFuture<HttpResponse<String>> response = post("login_hint", "dora");
    edge.answerNext(new Reply.Denied("access_denied", "expected a user who can be asked"));

    assertRefused(response, 403, "access_denied");
  }

  @Test
  void shouldNotTellAClientThatMayNotAskWhoExists() throws Exception {
    for (String hint : new String[] {"dora", "nobody"}) {
      assertRefused(edge.postForm(PATH, form("scope", "openid", "login_hint", hint),
          ServedEdge.basic("app", TestRegistry.SECRET)), 400, "unauthorized_client");
    }
    assertRefused(edge.postForm(PATH, form("client_id", "tv", "scope", "openid", "login_hint", "dora")), 400,
        "unauthorized_client");
  }

  private CompletableFuture<HttpResponse<String>> post(String... more) {
    String[] all = Stream.concat(Stream.of("scope", "api.read openid"), Arrays.stream(more)).toArray(String[]::new);
    return edge.postForm(PATH, form(all), BANK);
  }

  private CreateBackchannelAuthentication next() throws InterruptedException {
    return edge.answerNext(new Reply.RequestCreated(OptionalInt.empty(), 300, 5))
        .as(CreateBackchannelAuthentication.class);
  }

  private static String idToken(String audience, String type) {
    Instant past = Instant.now().minusSeconds(86_400);
    return TestTokens.token(SigningAlgorithm.RS256, type, claims -> claims.subject("s-somebody").audience(audience)
        .issueTime(Date.from(past)).expirationTime(Date.from(past.plusSeconds(300))));
  }

  private void assertRefused(CompletableFuture<HttpResponse<String>> response, int status, String error)
      throws Exception {
    HttpResponse<String> answer = response.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
    assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).as("with 401").isEqualTo(status == 401);
  }
}
