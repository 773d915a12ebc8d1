package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MSAL's name for a token exchange: the JWT bearer grant with {@code requested_token_use=on_behalf_of}. */
class OnBehalfOfTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String CALLBACK = "https://planner.example/callback";

  private final RunningSystem system = RunningSystem.shared();

  @ParameterizedTest
  @CsvSource({"/connect/token,billing.read", "/default/oauth2/v2.0/token,https://billing.example/.default",
      "/default/oauth2/v2.0/token,https://billing.example/billing.read openid profile offline_access"})
  void shouldGiveAClientATokenForTheUserWhoseTokenItWasSent(String path, String scope) throws Exception {
    RawAnswer answer = onBehalf("gateway", path, scope, userToken().accessToken()).isGranted();

    JWTClaimsSet claims = system.relyingParty().verified(answer.text("access_token"));
    assertThat(claims.getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(claims.getStringClaim("client_id")).isEqualTo("gateway");
    assertThat(claims.getStringClaim("scope")).isEqualTo("billing.read");
    assertThat(claims.getAudience()).containsExactly("https://billing.example");
  }

  @Test
  void shouldGiveNoMoreThanTheTokenItWasSent() {
    onBehalf("gateway", "/connect/token", "plans.read", userToken().accessToken()).isRefused(400, "invalid_scope");
  }

  @Test
  void shouldRefuseWhatIsNoAccessTokenOfAClientThatIsListed() {
    Answer tokens = userToken();

    onBehalf("gateway", "/connect/token", "billing.read", tokens.text("id_token")).isRefused(400, "invalid_request");
    onBehalf("gateway", "/connect/token", "billing.read", "nonsense").isRefused(400, "invalid_request");
    onBehalf("own-exchanger", "/connect/token", "billing.read", tokens.accessToken()).isRefused(400, "invalid_request");
  }

  @Test
  void shouldRefuseAClientThatMayNotExchange() {
    onBehalf("service", "/connect/token", "billing.read", userToken().accessToken())
        .isRefused(400, "unauthorized_client");
  }

  @Test
  void shouldKnowNoOtherUse() {
    RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "requested_token_use", "anything",
        "assertion", "a").basic(system.registry().client("gateway"))).isRefused(400, "invalid_request");
    RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "requested_token_use", "on_behalf_of")
        .basic(system.registry().client("gateway"))).isRefused(400, "invalid_request");
  }

  private RawAnswer onBehalf(String client, String path, String scope, String token) {
    return RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "requested_token_use",
        "on_behalf_of", "assertion", token, "scope", scope).at(path).basic(system.registry().client(client)));
  }

  private Answer userToken() {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("planner", CALLBACK, pkce, "scope", "openid orders.read billing.read");
    return system.client("planner").redeem(code, pkce.verifier(), CALLBACK);
  }
}
