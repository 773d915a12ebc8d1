package dev.mintlog.edge.http;

import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS, https://fetch.spec.whatwg.org/#http-cors-protocol. */
class CrossOriginTest {
  private static final String APP = "https://app.example";
  private static final String TV = "https://tv.example";
  private static final String[] APP_SECRET = basic("app", TestRegistry.SECRET);

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @ParameterizedTest
  @ValueSource(strings = {"/connect/token", "/oauth2/token", "/connect/revocation", "/oauth2/revoke",
      "/connect/userinfo", "/oauth2/userinfo"})
  void shouldAnswerThePreflightOfARegisteredOrigin(String path) throws Exception {
    HttpResponse<String> response = preflight(path, APP, "Authorization, DPoP,content-type, X-Secret");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(header(response, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(response, "Access-Control-Allow-Headers")).isEqualTo("authorization, content-type, dpop");
    assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("600");
    assertThat(header(response, "Vary")).isEqualTo("Origin");
    assertNoCredentials(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "https://app.example.evil.example", "http://app.example",
      "https://APP.example", "https://disabled.example", "*"})
  void shouldLetNoOtherOriginIn(String origin) throws Exception {
    HttpResponse<String> preflight = preflight("/connect/token", origin, "authorization");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertNothingAllowed(preflight);

    assertNothingAllowed(edge.postFormNow("/connect/token", "grant_type=unknown", with(APP_SECRET, origin)));
  }

  @Test
  void shouldLetTheClientsOwnPagesReadItsAnswers() throws Exception {
    HttpResponse<String> response =
        edge.postFormNow("/connect/revocation", form("token", "unknown"), with(APP_SECRET, APP));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(header(response, "Access-Control-Expose-Headers")).contains("WWW-Authenticate", "DPoP-Nonce");
    assertThat(header(response, "Vary")).isEqualTo("Origin");
    assertNoCredentials(response);
  }

  @Test
  void shouldLetPagesReadWhyTheirClientWasRefused() throws Exception {
    HttpResponse<String> response =
        edge.postFormNow("/connect/token", "grant_type=unknown", with(basic("app", "wrong"), APP));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo(APP);
  }

  @Test
  void shouldNotLetPagesOfOneClientReadTheAnswersToAnother() throws Exception {
    assertNothingAllowed(edge.postFormNow("/connect/token", "grant_type=unknown", with(APP_SECRET, TV)));
    assertThat(header(edge.postFormNow("/connect/token", "grant_type=unknown&client_id=tv", "Origin", TV),
        "Access-Control-Allow-Origin")).isEqualTo(TV);
  }

  @Test
  void shouldGoByTheClientOfTheAccessTokenAtUserinfo() throws Exception {
    TestAuthorization authorization = new TestAuthorization(edge, "app").active(1);
    String bearer = "Bearer " + authorization.accessToken();

    HttpResponse<String> own = edge.now(HttpRequest.newBuilder(edge.url("/connect/userinfo"))
        .header("Authorization", bearer).header("Origin", APP));
    HttpResponse<String> anothers = edge.now(HttpRequest.newBuilder(edge.url("/connect/userinfo"))
        .header("Authorization", bearer).header("Origin", TV));

    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(header(own, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertNothingAllowed(anothers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
      "/.well-known/jwks.json"})
  void shouldLetEveryPageReadWhatIsPublished(String path) throws Exception {
    HttpResponse<String> read =
        edge.now(HttpRequest.newBuilder(edge.url(path)).header("Origin", "https://anybody.example"));
    HttpResponse<String> preflight = preflight(path, "https://anybody.example", "accept");

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
    assertNoCredentials(read);
    assertNoCredentials(preflight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/connect/introspect", "/connect/deviceauthorization"})
  void shouldNotServePagesWhereNoneHasAnyBusiness(String path) throws Exception {
    HttpResponse<String> response = preflight(path, APP, "authorization");

    assertThat(response.statusCode()).isEqualTo(405);
    assertNothingAllowed(response);
  }

  @Test
  void shouldKnowTheOriginsOfOtherTenantsThereAlone() throws Exception {
    assertNothingAllowed(preflight("/acme/connect/token", APP, "authorization"));
  }

  @Test
  void shouldRefuseAnOptionsThatIsNoPreflight() throws Exception {
    HttpResponse<String> response = edge.now(
        HttpRequest.newBuilder(edge.url("/connect/token")).method("OPTIONS", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("POST");
  }

  @Test
  void shouldNotReadALongListOfHeaders() throws Exception {
    HttpResponse<String> atBound = preflight("/connect/token", APP, "dpop," + "x".repeat(1_019));
    HttpResponse<String> beyond = preflight("/connect/token", APP, "dpop," + "x".repeat(1_020));

    assertThat(header(atBound, "Access-Control-Allow-Headers")).isEqualTo("dpop");
    assertThat(beyond.statusCode()).isEqualTo(204);
    assertThat(beyond.headers().firstValue("Access-Control-Allow-Headers")).isEmpty();
  }

  private HttpResponse<String> preflight(String path, String origin, String headers) throws Exception {
    return edge.now(HttpRequest.newBuilder(edge.url(path)).method("OPTIONS", BodyPublishers.noBody())
        .header("Origin", origin).header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", headers));
  }

  private static String[] with(String[] headers, String origin) {
    return Stream.concat(Arrays.stream(headers), Stream.of("Origin", origin)).toArray(String[]::new);
  }

  private static String header(HttpResponse<String> response, String name) {
    assertThat(response.headers().allValues(name)).as(name + " of " + response.headers().map()).hasSize(1);
    return response.headers().firstValue(name).orElseThrow();
  }

  private static void assertNothingAllowed(HttpResponse<String> response) {
    assertThat(response.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
  }

  private static void assertNoCredentials(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }
}
