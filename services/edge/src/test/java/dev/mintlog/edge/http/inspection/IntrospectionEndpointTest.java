package dev.mintlog.edge.http.inspection;

import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.edge.TestRegistry;
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
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** RFC 7662. */
class IntrospectionEndpointTest {
  private static final String PATH = "/connect/introspect";
  // RFC 6749 §2.3.1: form-encoded, or the colon of the name would end it.
  private static final String[] API = basic("https%3A%2F%2Fapi.example", TestRegistry.SECRET);
  private static final String[] OTHER_API = basic("https%3A%2F%2Fother-api.example", TestRegistry.SECRET);
  private static final String[] APP = basic("app", TestRegistry.SECRET);
  private static final String[] LOGIN = basic("login", TestRegistry.SECRET);

  @AutoClose
  private final ServedEdge edge = new ServedEdge();
  private final TestAuthorization authorization = new TestAuthorization(edge, "app");

  @Test
  void shouldTellAnApiWhatATokenForItSays() throws Exception {
    authorization.active(1);

    HttpResponse<String> response = edge.postFormNow(PATH, form("token", authorization.accessToken()), API);

    JsonObject json = active(response);
    assertThat(json.getString("iss")).isEqualTo(TestRegistry.ISSUER);
    assertThat(json.getString("sub")).isEqualTo("alice-1");
    assertThat(json.getString("username")).isEqualTo("adams");
    assertThat(json.getString("aud")).isEqualTo(TestAuthorization.API);
    assertThat(json.getString("client_id")).isEqualTo("app");
    assertThat(json.getString("token_type")).isEqualTo("Bearer");
    assertThat(json.getString("jti")).startsWith(authorization.id().value() + ".");
    assertThat(json.getString("acr")).isEqualTo("urn:mfa");
    assertThat(json.getLong("exp")).isGreaterThan(Instant.now().getEpochSecond());
    assertThat(json.getLong("iat")).isEqualTo(json.getLong("nbf"));
    assertThat(json.getString("scope")).as("its own scopes").isEqualTo("api.read");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void shouldTellAClientOfItsOwnTokens() throws Exception {
    authorization.active(1);

    assertThat(active(edge.postFormNow("/oauth2/introspect", form("token", authorization.accessToken()), APP))
        .getString("scope")).isEqualTo("api.read openid");
    JsonObject refresh = active(introspect(authorization.refreshToken(1), APP));
    assertThat(refresh.getString("scope")).isEqualTo("api.read offline_access openid");
    assertThat(refresh.getString("client_id")).isEqualTo("app");
    assertThat(refresh.getString("sub")).isEqualTo("alice-1");
    assertThat(refresh.getLong("exp")).isEqualTo(authorization.bornAt().plusSeconds(15 * 86_400).getEpochSecond());
    assertThat(refresh.containsKey("token_type")).isFalse();
  }

  @Test
  void shouldTakeTheSecretFromTheBodyAsWell() throws Exception {
    authorization.active(1);

    active(edge.postFormNow(PATH, form("token", authorization.accessToken(), "token_type_hint", "unknown hint",
        "client_id", "app", "client_secret", TestRegistry.SECRET)));
  }

  @Test
  void shouldTellNobodyElse() throws Exception {
    authorization.active(1);

    assertInactive(introspect(authorization.accessToken(), OTHER_API));
    assertInactive(introspect(authorization.accessToken(), LOGIN));
    assertInactive(introspect(authorization.refreshToken(1), LOGIN));
    assertInactive(introspect(authorization.refreshToken(1), API));
  }

  @Test
  void shouldCallInactiveWhatWasRevoked() throws Exception {
    authorization.revoked();

    assertInactive(introspect(authorization.accessToken(), API));
    assertInactive(introspect(authorization.accessToken(), APP));
    assertInactive(introspect(authorization.refreshToken(1), APP));
  }

  @Test
  void shouldCallInactiveWhatTheStateDoesNotHave() throws Exception {
    assertInactive(introspect(authorization.accessToken(), API));
    assertInactive(introspect(authorization.refreshToken(1), APP));
  }

  @Test
  void shouldCallInactiveWhatIsNone() throws Exception {
    authorization.active(1);
    String good = authorization.accessToken();

    assertInactive(introspect("nonsense", API));
    assertInactive(introspect("a.b.c", API));
    assertInactive(introspect(good.substring(0, good.lastIndexOf('.') + 1), API));
    assertInactive(introspect(edge.handles.write("other", dev.mintlog.channel.handle.HandleSecret.random(
        new java.security.SecureRandom()), HandleKind.REFRESH_TOKEN, 1), APP));
  }

  @Test
  void shouldCallInactiveWhatHasExpiredOrIsNoAccessToken() throws Exception {
    authorization.active(1);

    assertInactive(introspect(TestTokens.token(claims -> claims.claim("client_id", "app").audience(TestAuthorization.API)
        .expirationTime(Date.from(Instant.now().minusSeconds(1)))), API));
    assertInactive(introspect(TestTokens.token(SigningAlgorithm.RS256, "JWT",
        claims -> claims.claim("client_id", "app").audience(TestAuthorization.API)), API));
    assertInactive(introspect(TestTokens.token(claims -> claims.issuer("https://other.example")
        .claim("client_id", "app").audience(TestAuthorization.API)), API));
  }

  @Test
  void shouldNotTakeTheHeadersWordForTheAlgorithm() throws Exception {
    authorization.active(1);
    String kid = TestRegistry.privateKey(SigningAlgorithm.RS256).getKeyID();
    String rest = authorization.accessToken().substring(authorization.accessToken().indexOf('.'));

    for (String alg : new String[] {"none", "HS256", "PS256"}) {
      String header = Base64.getUrlEncoder().withoutPadding().encodeToString(
          ("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}").getBytes());
      assertInactive(introspect(header + rest, API));
    }
  }

  @Test
  void shouldCallInactiveWhatWasIssuedToADisabledClientOrADisabledUser() throws Exception {
    assertInactive(introspect(TestTokens.token(claims -> claims.jwtID("no-state").claim("client_id", "disabled")
        .audience(TestAuthorization.API)), API));
    assertInactive(introspect(TestTokens.token(claims -> claims.jwtID("no-state").subject("mallory-1")
        .claim("client_id", "app").audience(TestAuthorization.API)), API));
  }

  @Test
  void shouldKnowTokensOfClientCredentialsByTheirSignatureAlone() throws Exception {
    edge.states.vanish();

    active(introspect(TestTokens.token(claims -> claims.jwtID("no-dot").subject("app").claim("client_id", "app")
        .audience(TestAuthorization.API).claim("scope", "api.read")), API));
  }

  @Test
  void shouldTellOfASupersededRefreshTokenWhatTheTokenEndpointWould() throws Exception {
    authorization.active(3);

    assertThat(active(introspect(authorization.refreshToken(3), APP)).getBoolean("active")).isTrue();
    assertInactive(introspect(authorization.refreshToken(1), APP));
  }

  @Test
  void shouldConcludeNothingFromAStateThatIsOlderThanTheToken() throws Exception {
    authorization.unredeemed();
    assertNotNow(introspect(authorization.accessToken(), API));
    assertNotNow(introspect(authorization.refreshToken(1), APP));

    authorization.active(1);
    assertNotNow(introspect(authorization.refreshToken(2), APP));
  }

  @Test
  void shouldConcludeNothingWithoutRedisOrWithAnIncompleteOne() throws Exception {
    authorization.active(1);
    edge.states.promote();
    assertNotNow(introspect(authorization.accessToken(), API));

    edge.states.vanish();
    assertNotNow(introspect(authorization.accessToken(), API));
    assertNotNow(introspect(authorization.refreshToken(1), APP));
  }

  @Test
  void shouldRefuseWhoDoesNotProveWhoItIs() throws Exception {
    authorization.active(1);
    String token = authorization.accessToken();

    assertUnauthorized(edge.postFormNow(PATH, form("token", token)));
    assertUnauthorized(introspect(token, basic("https%3A%2F%2Fapi.example", "wrong")));
    assertUnauthorized(introspect(token, basic("https%3A%2F%2Fmute-api.example", TestRegistry.SECRET)));
    assertUnauthorized(edge.postFormNow(PATH, form("token", token, "client_id", "tv")));
    assertUnauthorized(edge.postFormNow(PATH, form("token", token, "client_id", TestAuthorization.API)));
  }

  @Test
  void shouldNotLetAnApiInAtTheTokenEndpoint() throws Exception {
    HttpResponse<String> response = edge.postFormNow("/connect/token", ServedEdge.CLIENT_CREDENTIALS, API);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("invalid_client");
  }

  @Test
  void shouldRefuseARequestWithoutToken() throws Exception {
    HttpResponse<String> response = edge.postFormNow(PATH, "token_type_hint=access_token", API);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("invalid_request");
  }

  @Test
  void shouldRefuseOtherMethodsAndContentTypes() throws Exception {
    assertThat(edge.now(HttpRequest.newBuilder(edge.url(PATH + "?token=x"))).statusCode()).isEqualTo(405);
    assertThat(edge.now(HttpRequest.newBuilder(edge.url(PATH)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(415);
  }

  private HttpResponse<String> introspect(String token, String[] caller) throws Exception {
    return edge.postFormNow(PATH, form("token", token), caller);
  }

  private static JsonObject active(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonObject json = new JsonObject(response.body());
    assertThat(json.getBoolean("active")).as(response.body()).isTrue();
    return json;
  }

  private static void assertInactive(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"active\":false}");
  }

  private static void assertNotNow(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  private static void assertUnauthorized(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("invalid_client");
  }

  /** RFC 9701. */
  @Test
  void shouldHaveTheAnswerSignedForWhoAsksForThat() throws Exception {
    authorization.active(1);

    CompletableFuture<HttpResponse<String>> response = signed(authorization.accessToken());
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Signed("a.signed.response"));

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(response.get().body()).isEqualTo("a.signed.response");
    assertThat(response.get().headers().firstValue("Content-Type")).contains("application/token-introspection+jwt");
    assertThat(response.get().headers().firstValue("Cache-Control")).contains("no-store");
    SignResponse sign = command.as(SignResponse.class);
    assertThat(sign.getKind()).isEqualTo("token-introspection");
    assertThat(sign.getHeader().getClientId()).as("its audience").isEqualTo(TestAuthorization.API);
    assertThat(command.command().toString()).doesNotContain("alice");
    assertThat(content(sign).getBoolean("active")).isTrue();
    assertThat(content(sign).getString("sub")).isEqualTo("alice-1");
  }

  @Test
  void shouldHaveTheAnswerSignedWhereTheTokenIsNotActiveAndNoMoreIsSaid() throws Exception {
    CompletableFuture<HttpResponse<String>> response = signed("nonsense");
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Signed("a.signed.response"));

    assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("a.signed.response");
    assertThat(content(command.as(SignResponse.class)).encode()).isEqualTo("{\"active\":false}");
  }

  @Test
  void shouldNotAnswerUnsignedWhatWasToBeSigned() throws Exception {
    CompletableFuture<HttpResponse<String>> response = signed("nonsense");
    edge.answerNext(new Reply.Denied("temporarily_unavailable", "expected to answer in time"));

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    assertThat(response.get().body()).doesNotContain("active");
  }

  private CompletableFuture<HttpResponse<String>> signed(String token) {
    return edge.postForm(PATH, form("token", token), API[0], API[1], "Accept",
        "application/json;q=0.1, Application/Token-Introspection+JWT");
  }

  private JsonObject content(SignResponse sign) {
    return new JsonObject(SealedClaims.open(new Opener(edge.channel, Direction.COMMAND),
        new CommandId(sign.getHeader().getCommandId()), sign.getSealedContent()).orElseThrow().json());
  }
}
