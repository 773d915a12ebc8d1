package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.RunningSystem;
import java.text.ParseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every relying party library on Node.js does against Mintlog, over TLS. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NodeRelyingPartyContract {
  static final String WEB = "https://web.example/callback";
  static final String SPA = "https://spa.example/callback";
  static final String PEOPLE = "https://people.example/callback";
  static final String SEALED = "https://sealed.example/callback";
  static final String ALL = "openid offline_access orders.read";

  private final String library;
  private RunningSystem system;

  NodeRelyingPartyContract(String library) {
    this.library = library;
  }

  @BeforeAll
  void find() {
    NodeSuite.assumeInstalled(library, "undici");
    system = RunningSystem.sharedOverTls();
  }

  @Test
  void shouldDiscoverTheIssuer() {
    JsonNode metadata = party("service").does("discovery");

    assertThat(metadata.path("issuer").asText()).isEqualTo(system.publicUrl()).startsWith("https://");
    assertThat(metadata.path("token_endpoint").asText()).isEqualTo(system.publicUrl() + "/connect/token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void shouldGetATokenWithASecret(String method) {
    JsonNode tokens = party("service").withSecret(method).does("client-credentials");

    assertThat(verified(tokens).getSubject()).isEqualTo("service");
    assertThat(tokens.path("scope").asText()).isEqualTo("orders.read");
    assertThat(tokens.path("token_type").asText()).isEqualToIgnoringCase("Bearer");
  }

  @Test
  void shouldGetATokenWithAnAssertionUnderItsSecret() {
    JsonNode tokens = party("mac-signer").withSecret("client_secret_jwt").does("client-credentials");

    assertThat(verified(tokens).getSubject()).isEqualTo("mac-signer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256"})
  void shouldGetATokenWithAnAssertionUnderItsKey(String algorithm) {
    JsonNode tokens = signer(algorithm).does("client-credentials");

    assertThat(verified(tokens).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldGetATokenWithItsCertificate() throws ParseException {
    JsonNode tokens = party("tls-self").withCertificate().does("client-credentials");

    assertThat(verified(tokens).getJSONObjectClaim("cnf"))
        .containsEntry("x5t#S256", system.registry().certificate("tls-self").thumbprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "dpop-nonce"})
  void shouldGetATokenBoundToAKeyWithAndWithoutANonce(String clientId) throws ParseException {
    JsonNode tokens = party(clientId).withSecret("client_secret_basic").does("client-credentials-dpop");

    assertThat(tokens.path("token_type").asText()).isEqualToIgnoringCase("DPoP");
    assertThat(verified(tokens).getJSONObjectClaim("cnf")).containsOnlyKeys("jkt");
  }

  @Test
  void shouldRedeemACodeWithPkce() {
    JsonNode tokens = web().does("authorization-code");

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.at("/claims/sub").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.path("refresh_token").asText()).isNotEmpty();
  }

  @Test
  void shouldRedeemACodeAsAPublicClientSignedWithAnotherAlgorithm() throws ParseException {
    JsonNode tokens = spa().does("authorization-code");

    assertThat(verified(tokens).getStringClaim("client_id")).isEqualTo("spa");
  }

  @Test
  void shouldBindWhatComesOfACodeToAKey() throws ParseException {
    JsonNode tokens = spa().does("authorization-code-dpop");

    assertThat(verified(tokens).getJSONObjectClaim("cnf")).containsOnlyKeys("jkt");
    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldRefreshAndRotate() {
    JsonNode tokens = web().does("refresh");

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.path("rotated").asBoolean()).isTrue();
  }

  @Test
  void shouldPollForADeviceUntilTheUserApproves() {
    JsonNode tokens = party("tv").withConsent("", ALL).does("device");

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.at("/claims/aud").toString()).contains("tv");
    assertThat(tokens.path("user_code").asText()).matches("[A-Z]{4}-[A-Z]{4}");
  }

  @Test
  void shouldPollForAUserWhoApprovesElsewhere() {
    NodeRelyingParty bank = party("bank").withSecret("client_secret_basic").withConsent("", ALL)
        .with("LOGIN_HINT", "ada").with("SUBJECT", "s-ada");

    JsonNode asked = bank.does("backchannel-ask");
    JsonNode tokens = bank.with("ASKED", asked.toString())
        .with("REQUEST_ID", BackchannelRequests.id(system, asked.path("auth_req_id").asText())).does("backchannel-poll");

    assertThat(verified(tokens).getSubject()).isEqualTo("s-ada");
    assertThat(tokens.at("/claims/sub").asText()).isEqualTo("s-ada");
  }

  @Test
  void shouldAskWhatATokenIs() {
    JsonNode seen = party("service").withSecret("client_secret_basic").does("introspection");

    assertThat(seen.path("active").asBoolean()).isTrue();
    assertThat(seen.path("client_id").asText()).isEqualTo("service");
  }

  @Test
  void shouldAskWhatATokenIsAndCheckTheSignatureOfTheAnswer() {
    JsonNode seen = party("service").withSecret("client_secret_basic").does("signed-introspection");

    assertThat(seen.path("active").asBoolean()).isTrue();
    assertThat(seen.path("client_id").asText()).isEqualTo("service");
  }

  @Test
  void shouldRevoke() {
    JsonNode seen = web().does("revocation");

    assertThat(seen.path("before").asBoolean(false)).isTrue();
    assertThat(seen.path("after").asBoolean(true)).isFalse();
  }

  @Test
  void shouldReadTheUsersClaims() {
    JsonNode user = party("people").withSecret("client_secret_post").withConsent(PEOPLE, "openid email").does("userinfo");

    assertThat(user.path("sub").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(user.path("email").asText()).isEqualTo("alice@example.org");
  }

  @Test
  void shouldTellThatASecretInTheBodyIsWrong() {
    JsonNode told = party("service").withSecret("client_secret_post").with("CLIENT_SECRET", "not-it")
        .isRefused("client-credentials");

    assertThat(told.path("error").asText()).isEqualTo("invalid_client");
    assertThat(told.path("status").asInt()).isEqualTo(400);
    assertThat(told.path("message").asText()).isEqualTo("server responded with an error in the response body");
  }

  @Test
  void shouldTellThatASecretInTheHeaderIsWrong() {
    JsonNode told = party("service").withSecret("client_secret_basic").with("CLIENT_SECRET", "not-it")
        .isRefused("client-credentials");

    assertThat(told.path("message").asText())
        .isEqualTo("server responded with a challenge in the WWW-Authenticate HTTP Header");
    assertThat(told.path("status").asInt()).isEqualTo(401);
    assertThat(told.at("/challenges/0/scheme").asText()).isEqualTo("basic");
    assertThat(told.at("/challenges/0/error").asText()).isEqualTo("invalid_client");
  }

  @Test
  void shouldTellThatAScopeIsUnknown() {
    JsonNode told = party("service").withSecret("client_secret_post").with("SCOPE", "orders.burn")
        .isRefused("client-credentials");

    assertThat(told.path("error").asText()).isEqualTo("invalid_scope");
    assertThat(told.path("description").asText()).contains("scope");
    assertThat(told.path("status").asInt()).isEqualTo(400);
  }

  @Test
  void shouldTellThatAnAssertionHasExpired() {
    JsonNode told = signer("ES256").isRefused("expired-assertion");

    assertThat(told.path("error").asText()).isEqualTo("invalid_client");
    assertThat(told.path("description").asText()).contains("it expired");
  }

  @Test
  void shouldTellThatTheLogIsDown() {
    JsonNode told = NodeRelyingParty.of(RunningSystem.sharedWithoutItsLog(), library + ".mjs", "service")
        .withSecret("client_secret_basic").isRefused("client-credentials");

    assertThat(told.path("status").asInt()).isEqualTo(503);
    assertThat(told.path("message").asText()).isEqualTo(ofAnUnexpectedStatus());
    assertThat(told.path("code").asText()).isEqualTo("OAUTH_RESPONSE_IS_NOT_CONFORM");
    assertThat(told.path("retryAfter").asText()).as("seconds").matches("[1-9][0-9]*");
  }

  /** The library's words for an answer that is neither a success nor the client's fault. */
  abstract String ofAnUnexpectedStatus();

  final RunningSystem system() {
    return system;
  }

  final NodeRelyingParty party(String clientId) {
    return NodeRelyingParty.of(system, library + ".mjs", clientId);
  }

  final NodeRelyingParty web() {
    return party("web").withSecret("client_secret_basic").withConsent(WEB, ALL);
  }

  final NodeRelyingParty spa() {
    return party("spa").with("SIGNED_WITH", "ES256").withConsent(SPA, ALL);
  }

  final NodeRelyingParty signer(String algorithm) {
    var keys = system.registry().assertionKeys();
    return party("signer").withKey(algorithm.startsWith("ES") ? keys.ec() : keys.rsa(), algorithm);
  }

  final JWTClaimsSet verified(JsonNode tokens) {
    return system.relyingParty().verified(tokens.path("access_token").asText());
  }
}
