package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relying party on Nimbus' OAuth 2.0 SDK gets its tokens from Mintlog and accepts them. */
@Timeout(300)
class NimbusSdkTest {
  private static final String NONCE = "n-0S6_WzA2Mj";

  private static final String MAIN = "dev.mintlog.clients.nimbus.NimbusClient";

  private static RunningSystem system;
  private static RunningSystem withoutLog;
  private static ClientProcess nimbus;

  @BeforeAll
  static void start() {
    system = RunningSystem.shared();
    withoutLog = RunningSystem.sharedWithoutItsLog();
    nimbus = ClientProcess.start("nimbus", MAIN, Map.of(), withoutLog.authority().jvmOptions());
  }

  @AfterAll
  static void stop() {
    if (nimbus != null) {
      nimbus.close();
    }
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    String printed = ClientProcess.run("nimbus", ClientsDocument.setting("nimbus", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")), up.authority().jvmOptions());

    assertThat(printed).contains("\"access_token\":", "orders.read");
  }

  @Test
  void shouldDiscoverTheIssuer() {
    Map<String, String> metadata = nimbus.does("discovery", "issuer", system.publicUrl());

    assertThat(metadata).containsEntry("issuer", system.publicUrl())
        .containsEntry("token_endpoint", system.publicUrl() + "/connect/token");
    assertThat(metadata.get("grant_types")).contains("client_credentials", "device_code", "token-exchange", "ciba");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void shouldGetATokenWithASecret(String method) throws Exception {
    Map<String, String> tokens = nimbus.does("client-credentials",
        confidential("service", "method", method, "scope", "orders.read"));

    assertThat(verified(tokens).getSubject()).isEqualTo("service");
    assertThat(tokens).containsEntry("scope", "orders.read").containsEntry("token_type", "Bearer");
  }

  @Test
  void shouldGetATokenWithASecretThatSignsTheAssertion() {
    Map<String, String> tokens = nimbus.does("client-credentials",
        confidential("mac-signer", "method", "client_secret_jwt"));

    assertThat(verified(tokens).getSubject()).isEqualTo("mac-signer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256"})
  void shouldGetATokenWithAKeyThatSignsTheAssertion(String algorithm) {
    Map<String, String> tokens = nimbus.does("client-credentials", signer("algorithm", algorithm));

    assertThat(verified(tokens).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldRedeemACodeWithPkceAndAcceptTheIdToken() throws Exception {
    Map<String, String> tokens = nimbus.does("authorization-code", code("web", "openid offline_access orders.read"));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(verified(tokens).getStringClaim("client_id")).isEqualTo("web");
    assertThat(tokens).containsEntry("id_token_sub", LoginApplication.SUBJECT).containsKey("refresh_token");
  }

  @Test
  void shouldAcceptAnIdTokenSignedWithAnotherAlgorithmAsAPublicClient() {
    Map<String, String> request = code("spa", "openid orders.read");
    request.put("signed_with", "ES256");

    assertThat(nimbus.does("authorization-code", request)).containsEntry("id_token_sub", LoginApplication.SUBJECT);
  }

  @Test
  void shouldRefreshWithTheRotatedToken() {
    Map<String, String> first = nimbus.does("authorization-code", code("web", "openid offline_access orders.read"));

    Map<String, String> second = nimbus.does("refresh",
        confidential("web", "refresh_token", first.get("refresh_token"), "nonce", NONCE));
    Map<String, String> third = nimbus.does("refresh",
        confidential("web", "refresh_token", second.get("refresh_token"), "nonce", NONCE));

    assertThat(List.of(first, second, third)).extracting(tokens -> tokens.get("refresh_token")).doesNotHaveDuplicates();
    assertThat(third).containsEntry("id_token_sub", LoginApplication.SUBJECT);
    assertThat(verified(third).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldPollForADeviceUntilTheUserApproves() {
    Map<String, String> device = nimbus.does("device", publicClient("tv", "scope", "openid orders.read"));
    Map<String, String> poll = publicClient("tv", "device_code", device.get("device_code"));

    assertThat(nimbus.failsAt("poll", poll)).contains("authorization_pending");
    system.loginApplication().approve(device.get("user_code"));

    assertThat(nimbus.does("poll", poll)).containsEntry("id_token_sub", LoginApplication.SUBJECT);
    assertThat(device).containsEntry("interval", "1");
  }

  @Test
  void shouldExchangeATokenForOneOfItsOwn() throws Exception {
    String subjectToken = system.client("planner").clientCredentials("scope", "orders.read").accessToken();

    Map<String, String> tokens = nimbus.does("exchange", confidential("gateway", "subject_token", subjectToken));

    assertThat(verified(tokens).getStringClaim("client_id")).isEqualTo("gateway");
    assertThat(verified(tokens).getSubject()).isEqualTo("planner");
  }

  @Test
  void shouldBindATokenToTheKeyOfADpopProof() throws Exception {
    Map<String, String> tokens = nimbus.does("dpop", confidential("dpop-service"));

    assertThat(tokens).containsEntry("token_type", "DPoP");
    assertThat(verified(tokens).getJSONObjectClaim("cnf")).isEqualTo(Map.of("jkt", tokens.get("jkt")));
  }

  @Test
  void shouldIntrospectUntilItRevokes() {
    Map<String, String> tokens = nimbus.does("authorization-code", code("web", "openid offline_access orders.read"));
    Map<String, String> ofAccess = confidential("web", "token", tokens.get("access_token"));

    assertThat(nimbus.does("introspection", ofAccess)).containsEntry("active", "true")
        .containsEntry("sub", LoginApplication.SUBJECT).containsEntry("scope", "offline_access openid orders.read");
    nimbus.does("revocation", confidential("web", "token", tokens.get("refresh_token")));
    assertThat(nimbus.does("introspection", ofAccess)).containsEntry("active", "false");
  }

  @Test
  void shouldAskForAUserElsewhere() {
    Map<String, String> asked =
        nimbus.does("backchannel", confidential("bank", "scope", "openid", "login_hint", "ada"));
    Map<String, String> poll = confidential("bank", "auth_req_id", asked.get("auth_req_id"));

    assertThat(nimbus.failsAt("poll-backchannel", poll)).contains("authorization_pending");
    approve(asked.get("auth_req_id"));

    assertThat(nimbus.does("poll-backchannel", poll)).containsEntry("id_token_sub", "s-ada");
  }

  @Test
  void shouldSayThatASecretIsWrong() {
    assertThat(nimbus.failsAt("client-credentials", confidential("service", "secret", "not-it")))
        .contains("401 invalid_client");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    assertThat(nimbus.failsAt("client-credentials", confidential("service", "scope", "orders.burn")))
        .contains("400 invalid_scope");
  }

  @Test
  void shouldSayThatAnAssertionExpired() {
    assertThat(nimbus.failsAt("client-credentials", signer("algorithm", "RS256", "age", "PT1H")))
        .contains("invalid_client", "expired");
  }

  @Test
  void shouldSayThatMintlogIsNotAvailableWithoutItsLog() {
    assertThat(nimbus.failsAt("client-credentials", confidential("service", "issuer", withoutLog.publicUrl(),
        "secret", withoutLog.registry().client("service").secret()))).contains("503 temporarily_unavailable");
  }

  private static void approve(String authReqId) {
    Answer approval = system.loginApplication().approveBackchannel(
        BackchannelRequests.id(system, authReqId), Map.of("subject", "s-ada", "amr", List.of("hwk")));
    assertThat(approval.status()).as(approval.toString()).isEqualTo(200);
  }

  private static JWTClaimsSet verified(Map<String, String> tokens) {
    return system.relyingParty().verified(tokens.get("access_token"));
  }

  private static Map<String, String> code(String clientId, String scope) {
    Pkce pkce = Pkce.random();
    String redirectUri = "https://" + clientId + ".example/callback";
    String code = system.loginApplication().code(clientId, redirectUri, pkce, "scope", scope, "nonce", NONCE);
    String[] grant = {"code", code, "redirect_uri", redirectUri, "code_verifier", pkce.verifier(), "nonce", NONCE};
    return clientId.equals("spa") ? publicClient(clientId, grant) : confidential(clientId, grant);
  }

  private static Map<String, String> signer(String... more) {
    Map<String, String> request = publicClient("signer", more);
    request.put("method", "private_key_jwt");
    request.put("key", system.registry().assertionKeys().rsa().toJSONString());
    return request;
  }

  private static Map<String, String> confidential(String clientId, String... more) {
    Map<String, String> request = new HashMap<>(Map.of("issuer", system.publicUrl(), "client_id", clientId,
        "secret", system.registry().client(clientId).secret()));
    request.putAll(TokenClient.fields(more));
    return request;
  }

  private static Map<String, String> publicClient(String clientId, String... more) {
    Map<String, String> request = new HashMap<>(Map.of("issuer", system.publicUrl(), "client_id", clientId,
        "method", "none"));
    request.putAll(TokenClient.fields(more));
    return request;
  }
}
