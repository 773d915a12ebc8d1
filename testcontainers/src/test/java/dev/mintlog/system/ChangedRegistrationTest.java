package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials that were good until the operator changed something about their client or their user. */
class ChangedRegistrationTest {
  private static final String WEB = "https://web.example/callback";
  private static final Duration APPLIED_WITHIN = Duration.ofSeconds(30);
  private static final String REVISION = "revision: 0";

  private static RunningSystem system;
  private static int revision;

  @BeforeAll
  static void start() {
    system = RunningSystem.withoutServices("changing.yaml");
    system.startProcessor();
    system.startEdge();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @BeforeEach
  void asItWas() {
    change("");
  }

  @Test
  void shouldRefuseEveryGrantOfAUserWhoWasDisabled() {
    Map<String, Supplier<Answer>> obtained = obtained();

    change("username: ada, enabled: true", "username: ada, enabled: false");

    assertThat(told(obtained)).containsOnly(
        Map.entry("code", "400 invalid_grant"), Map.entry("refresh token", "400 invalid_grant"),
        Map.entry("device_code", "400 invalid_grant"), Map.entry("auth_req_id", "400 invalid_grant"));
  }

  @Test
  void shouldRefuseWhatWasConsentedToAndIsNoLongerAllowed() {
    Map<String, Supplier<Answer>> obtained = obtained();

    change("allowedScopes: [openid, offline_access, orders.read]", "allowedScopes: [openid, offline_access]");

    assertThat(told(obtained)).containsOnly(
        Map.entry("code", "400 invalid_scope"), Map.entry("refresh token", "400 invalid_scope"),
        Map.entry("device_code", "400 invalid_scope"), Map.entry("auth_req_id", "400 invalid_scope"));
  }

  @Test
  void shouldRefuseARefreshTokenOfAClientThatMayNoLongerHaveOfflineAccess() {
    Answer tokens = redeem(code("web", WEB, "openid offline_access"));

    change("allowedScopes: [openid, offline_access, orders.read]", "allowedScopes: [openid, orders.read]");

    assertThat(told(system.client("web").refresh(tokens.refreshToken()))).isEqualTo("400 invalid_grant");
  }

  @Test
  void shouldRefuseAGrantThatTheClientMayNoLongerUse() {
    Map<String, Supplier<Answer>> obtained = obtained();

    change("grantTypes: [authorization_code, refresh_token]", "grantTypes: [authorization_code]");

    assertThat(told(obtained.get("refresh token").get())).isEqualTo("400 unauthorized_client");
    assertThat(told(obtained.get("code").get())).isEqualTo("200");
  }

  @Test
  void shouldRefuseEverythingOfAClientThatWasDisabled() {
    Map<String, Supplier<Answer>> obtained = obtained();

    change("id: web, enabled: true", "id: web, enabled: false");

    assertThat(told(obtained.get("code").get())).isEqualTo("401 invalid_client");
    assertThat(told(obtained.get("refresh token").get())).isEqualTo("401 invalid_client");
    assertThat(told(obtained.get("device_code").get())).as("of another client").isEqualTo("200");
  }

  /** RFC 7523 §2.1: what an issuer vouched for ends with the word of its registration, and stands with it again. */
  @Test
  void shouldEndWhatAnIssuerVouchedForThatTheClientIsNoLongerRegisteredFor() {
    TokenClient federated = system.client("federated");
    Answer tokens = federated.token("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion",
        WrittenAssertion.of("https://idp.example", system.publicUrl() + "/connect/token", Instant.now())
            .claim("sub", "s-ada").signed(system.registry().assertionKeys().ec(), "ES256"));
    assertDone(tokens);
    Answer onBehalf = federated.token("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", tokens.accessToken(),
        "requested_token_use", "on_behalf_of");
    assertDone(onBehalf);

    change("issuer: https://idp.example", "issuer: https://other-idp.example");

    assertThat(isActive(federated, tokens.accessToken())).isFalse();
    assertThat(isActive(federated, tokens.refreshToken())).isFalse();
    assertThat(isActive(federated, onBehalf.accessToken())).as("got on behalf of the user").isFalse();
    assertThat(told(federated.refresh(tokens.refreshToken()))).isEqualTo("400 invalid_grant");
    assertThat(told(federated.refresh(onBehalf.refreshToken()))).isEqualTo("400 invalid_grant");

    change();

    assertThat(isActive(federated, tokens.accessToken())).isTrue();
    assertThat(told(federated.refresh(tokens.refreshToken()))).isEqualTo("200");
  }

  private static boolean isActive(TokenClient client, String token) {
    return client.introspect(token).json().get("active").asBoolean();
  }

  @Test
  void shouldRefuseACodeWithoutChallengeOfAClientThatMustUsePkceByNow() {
    String code = codeWithoutChallenge();

    change("requirePkce: false", "requirePkce: true");

    assertThat(told(system.client("web").token("authorization_code", "code", code, "redirect_uri", WEB)))
        .isEqualTo("400 invalid_grant");
  }

  /** RFC 9700 §2.1.1: against downgrade. */
  @Test
  void shouldRefuseAVerifierWhereTheCodeHasNoChallenge() {
    String code = codeWithoutChallenge();

    assertThat(told(system.client("web").redeem(code, Pkce.random().verifier(), WEB))).isEqualTo("400 invalid_grant");
    assertThat(told(system.client("web").token("authorization_code", "code", code, "redirect_uri", WEB)))
        .as("without one").isEqualTo("200");
  }

  /** One of each, ready to be presented. */
  private static Map<String, Supplier<Answer>> obtained() {
    Map<String, Supplier<Answer>> obtained = new LinkedHashMap<>();
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce, "subject", "s-ada");
    obtained.put("code", () -> system.client("web").redeem(code, pkce.verifier(), WEB));
    String refreshToken = redeem(code("web", WEB, "openid offline_access orders.read")).refreshToken();
    obtained.put("refresh token", () -> system.client("web").refresh(refreshToken));
    Answer device = system.publicClient("tv").device();
    assertDone(system.loginApplication().post(
        "/login/device-authorizations/" + device.text("user_code") + "/approval", Map.of("subject", "s-ada")));
    obtained.put("device_code", () -> system.publicClient("tv").poll(device.text("device_code")));
    Answer asked = system.client("bank").backchannel("scope", "openid orders.read", "login_hint", "ada");
    assertDone(system.loginApplication().approveBackchannel(
        BackchannelRequests.id(system, asked), Map.of("subject", "s-ada", "amr", List.of("hwk"))));
    obtained.put("auth_req_id", () -> system.client("bank").pollBackchannel(asked.text("auth_req_id")));
    return obtained;
  }

  private static String codeWithoutChallenge() {
    return system.loginApplication()
        .post("/login/authorizations", Map.of("client_id", "web", "subject", "s-ada", "redirect_uri", WEB))
        .text("code");
  }

  private record Code(String text, Pkce pkce) {}

  private static Code code(String client, String redirectUri, String scope) {
    Pkce pkce = Pkce.random();
    return new Code(
        system.loginApplication().code(client, redirectUri, pkce, "subject", "s-ada", "scope", scope), pkce);
  }

  private static Answer redeem(Code code) {
    Answer tokens = system.client("web").redeem(code.text(), code.pkce().verifier(), WEB);
    assertDone(tokens);
    return tokens;
  }

  private static void assertDone(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private static Map<String, String> told(Map<String, Supplier<Answer>> presentations) {
    Map<String, String> told = new LinkedHashMap<>();
    presentations.forEach((name, presentation) -> told.put(name, told(presentation.get())));
    return told;
  }

  private static String told(Answer answer) {
    return answer.status() == 200 ? "200" : answer.status() + " " + answer.error();
  }

  /** Applies the registry with other texts in place of some, which alternate, and waits until the edge knows. */
  private static void change(String... texts) {
    int next = ++revision;
    system.apply(text -> {
      String changed = text.replace(REVISION, "revision: " + next);
      for (int i = 0; i + 1 < texts.length; i += 2) {
        assertThat(changed).contains(texts[i]);
        changed = changed.replace(texts[i], texts[i + 1]);
      }
      return changed;
    });
    // A client's own claim shows the revision that its command was decided under.
    await().atMost(APPLIED_WITHIN).untilAsserted(() -> {
      Answer answer = system.client("canary").clientCredentials();
      assertThat(system.relyingParty().verified(answer.accessToken()).getLongClaim("revision")).isEqualTo(next);
    });
  }
}
