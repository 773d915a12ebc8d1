package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.clients.deeds.DeedLine;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Browser;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application and an API on Spring Security, and a service that has tokens of its own. */
@Timeout(300)
class SpringSecurityTest {
  private static final String LOGIN_APPLICATION = "https://login.example/authorize";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  static Path dir;

  private static RunningSystem system;
  private static RunningSystem withoutLog;
  private static ClientProcess spring;
  private static URI application;

  @BeforeAll
  static void start() throws Exception {
    system = RunningSystem.shared();
    withoutLog = RunningSystem.sharedWithoutItsLog();
    Path setting =
        Files.writeString(dir.resolve("setting.yaml"), ClientsDocument.setting("spring", system.publicUrl()));
    spring = ClientProcess.start("spring", "dev.mintlog.clients.spring.SpringClient", Map.of(
        "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:" + setting,
        "SHOP_SECRET", system.registry().client("shop").secret(),
        "ORDERS_API_SECRET", system.registry().client("orders-api").secret()),
        withoutLog.authority().jvmOptions());
    application = URI.create("http://127.0.0.1:" + spring.does("serve").get("port"));
  }

  @AfterAll
  static void stop() {
    if (spring != null) {
      spring.close();
    }
  }

  // Login

  @Test
  void shouldSendWhoIsNotLoggedInToTheLoginApplication() {
    Browser browser = browser();

    URI login = Browser.location(browser.open("/oauth2/authorization/mintlog"));

    assertThat(login.toString()).startsWith(LOGIN_APPLICATION + "?");
    assertThat(DeedLine.read(login.getRawQuery())).containsEntry("response_type", "code")
        .containsEntry("client_id", "shop").containsEntry("scope", "openid offline_access orders.read")
        .containsEntry("redirect_uri", "https://shop.example/login/oauth2/code/mintlog")
        .containsEntry("code_challenge_method", "S256").containsKeys("state", "nonce", "code_challenge");
  }

  @Test
  void shouldLogAPersonInWithACodeAndPkce() throws Exception {
    Browser browser = browser();

    logIn(browser);

    assertThat(JSON.readTree(browser.open("/").body()).path("user").asText()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldNotLogInWithACodeThatIsNotOurs() {
    Browser browser = browser();
    Map<String, String> request =
        DeedLine.read(Browser.location(browser.open("/oauth2/authorization/mintlog")).getRawQuery());

    HttpResponse<String> callback = browser.open(callback("not-a-code", request.get("state")));

    assertThat(Browser.location(callback).getPath()).isEqualTo("/login");
    assertThat(browser.open("/login?error").body()).contains("Invalid credentials");
  }

  @Test
  void shouldRefreshTheTokenItUsesForAPerson() throws Exception {
    Browser browser = browser();
    logIn(browser);

    String first = JSON.readTree(browser.open("/token").body()).path("access_token").asText();
    String second = JSON.readTree(browser.open("/token").body()).path("access_token").asText();

    assertThat(system.relyingParty().verified(second).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(system.relyingParty().verified(second).getJWTID())
        .isNotEqualTo(system.relyingParty().verified(first).getJWTID());
    assertThat(call("/orders", second).status()).isEqualTo(200);
  }

  // API

  @Test
  void shouldDecodeJwtsAsDocumented() {
    assertThat(Checkout.read("testcontainers/clients/spring/src/main/java/dev/mintlog/clients/spring/Security.java"))
        .contains(ClientsDocument.setting("spring-jwt-decoder").indent(2));
  }

  @Test
  void shouldLetInWhoHasAJwtForTheApi() throws Exception {
    Answer answer = call("/orders", system.client("service").clientCredentials("scope", "orders.read").accessToken());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.text("caller")).isEqualTo("service");
  }

  @Test
  void shouldRefuseAJwtForAnotherApi() throws Exception {
    Answer answer = call("/orders", system.client("service").clientCredentials("scope", "billing.read").accessToken());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("invalid_token", "aud claim is not valid");
  }

  @Test
  void shouldRefuseAJwtWithoutTheScope() throws Exception {
    Answer answer = call("/orders", system.client("service").clientCredentials("scope", "orders.write").accessToken());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
  }

  @Test
  void shouldRefuseAnIdToken() throws Exception {
    Pkce pkce = Pkce.random();
    String redirectUri = "https://web.example/callback";
    Answer tokens = system.client("web").redeem(system.loginApplication().code("web", redirectUri, pkce,
        "scope", "openid orders.read"), pkce.verifier(), redirectUri);

    assertThat(call("/orders", tokens.text("id_token")).status()).isEqualTo(401);
  }

  @Test
  void shouldLetInWhoHasAReferenceTokenUntilItIsRevoked() throws Exception {
    String token = system.client("opaque").clientCredentials("scope", "orders.read").accessToken();

    assertThat(call("/opaque-orders", token).text("caller")).isEqualTo("opaque");
    system.client("opaque").revoke(token);
    Answer answer = call("/opaque-orders", token);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
  }

  // A service

  @Test
  void shouldAuthorizeAServiceWithItsSecret() throws Exception {
    Map<String, String> tokens = spring.does("client-credentials", service("scope", "orders.read"));

    assertThat(system.relyingParty().verified(tokens.get("access_token")).getSubject()).isEqualTo("service");
    assertThat(call("/orders", tokens.get("access_token")).status()).isEqualTo(200);
    assertThat(spring.does("client-credentials", service("scope", "orders.read", "method", "client_secret_post")))
        .containsEntry("scope", "orders.read");
  }

  @Test
  void shouldAuthorizeAServiceWithItsKey() {
    Map<String, String> tokens = spring.does("client-credentials", signer());

    assertThat(system.relyingParty().verified(tokens.get("access_token")).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldSayThatASecretIsWrong() {
    assertThat(spring.failsAt("client-credentials", service("scope", "orders.read", "secret", "not-it")))
        .contains("ClientAuthorizationException", "401 Unauthorized", "\"error\":\"invalid_client\"");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    assertThat(spring.failsAt("client-credentials", service("scope", "orders.burn")))
        .contains("ClientAuthorizationException: [invalid_scope]", "orders.burn");
  }

  @Test
  void shouldSayThatAnAssertionExpired() {
    Map<String, String> request = signer();
    request.put("age", "PT1H");

    assertThat(spring.failsAt("client-credentials", request)).contains("[invalid_client]", "expired");
  }

  @Test
  void shouldSayThatMintlogIsNotAvailableWithoutItsLog() {
    assertThat(spring.failsAt("client-credentials", service("scope", "orders.read", "issuer", withoutLog.publicUrl(),
        "secret", withoutLog.registry().client("service").secret())))
        .contains("503 Service Unavailable", "\"error\":\"temporarily_unavailable\"");
  }

  private static void logIn(Browser browser) {
    Map<String, String> request =
        DeedLine.read(Browser.location(browser.open("/oauth2/authorization/mintlog")).getRawQuery());
    // The login application has the request, and knows that it is alice.
    Answer consent = system.loginApplication().post("/login/authorizations", Map.of(
        "client_id", request.get("client_id"), "subject", LoginApplication.SUBJECT, "scope", request.get("scope"),
        "redirect_uri", request.get("redirect_uri"), "nonce", request.get("nonce"), "code_challenge",
        request.get("code_challenge"), "code_challenge_method", request.get("code_challenge_method")));
    HttpResponse<String> callback = browser.open(callback(consent.text("code"), request.get("state")));
    assertThat(Browser.location(callback).getPath()).isEqualTo("/");
  }

  private static String callback(String code, String state) {
    return "/login/oauth2/code/mintlog?" + TokenClient.form(TokenClient.fields("code", code, "state", state));
  }

  private static Browser browser() {
    return new Browser(application, "shop.example");
  }

  private static Answer call(String path, String accessToken) throws Exception {
    return TokenClient.send(HttpRequest.newBuilder(URI.create(application + path))
        .header("Authorization", "Bearer " + accessToken).build());
  }

  private static Map<String, String> service(String... more) {
    Map<String, String> request = new HashMap<>(Map.of("issuer", system.publicUrl(), "client_id", "service",
        "secret", system.registry().client("service").secret()));
    request.putAll(TokenClient.fields(more));
    return request;
  }

  private static Map<String, String> signer() {
    return new HashMap<>(Map.of("issuer", system.publicUrl(), "client_id", "signer", "scope", "orders.read",
        "method", "private_key_jwt", "key", system.registry().assertionKeys().rsa().toJSONString()));
  }
}
