package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.1 with RFC 7636, a code being given for a consent through the login application's API. */
class AuthorizationCodeGrantTest {
  private static final String WEB = "https://web.example/callback";
  private static final String SPA = "https://spa.example/callback";
  private static final String DESKTOP = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

  private final RunningSystem system = RunningSystem.shared();
  private final Pkce pkce = Pkce.random();

  private String webCode(String... more) {
    return system.loginApplication().code("web", WEB, pkce, more);
  }

  @Nested
  class Success {
    @Test
    void shouldRedeemACodeForAccessTokenIdTokenAndRefreshToken() throws Exception {
      // When
      Answer answer = system.client("web").redeem(webCode(), pkce.verifier(), WEB);

      // Then
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.text("token_type")).isEqualTo("Bearer");
      assertThat(answer.refreshToken()).isNotBlank();
      JWTClaimsSet access = system.relyingParty().verified(answer.accessToken());
      assertThat(access.getSubject()).isEqualTo(LoginApplication.SUBJECT);
      assertThat(access.getStringClaim("acr")).isEqualTo("urn:mintlog:acr:password");
      assertThat(access.getStringListClaim("amr")).containsExactly("pwd");
      assertThat(access.getLongClaim("auth_time")).isPositive();
    }

    @Test
    void shouldIssueAnIdTokenOfOpenIdConnectCore() throws Exception {
      // When
      Answer answer = system.client("web").redeem(webCode(), pkce.verifier(), WEB);

      // Then
      JWTClaimsSet id = system.relyingParty().verified(answer.text("id_token"));
      assertThat(id.getAudience()).containsExactly("web");
      assertThat(id.getStringClaim("azp")).isEqualTo("web");
      assertThat(id.getStringClaim("nonce")).isEqualTo("n-0S6_WzA2Mj");
      assertThat(id.getIssuer()).isEqualTo(system.publicUrl());
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(answer.accessToken().getBytes(StandardCharsets.US_ASCII));
      assertThat(id.getStringClaim("at_hash"))
          .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16)));
    }

    @Test
    void shouldServeAPublicClient() {
      String code = system.loginApplication().code("spa", SPA, pkce);

      Answer answer = system.publicClient("spa").redeem(code, pkce.verifier(), SPA);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(RelyingParty.header(answer.accessToken()).getAlgorithm().getName()).isEqualTo("ES256");
    }

    @Test
    void shouldGrantOnlyWhatTheConsentNames() {
      Answer answer = system.client("web").redeem(webCode("scope", "orders.read"), pkce.verifier(), WEB);

      assertThat(answer.text("scope")).isEqualTo("orders.read");
      assertThat(answer.has("id_token")).as("no openid").isFalse();
      assertThat(answer.has("refresh_token")).as("no offline_access").isFalse();
    }
  }

  @Nested
  class Refusals {
    @Test
    void shouldRefuseAWrongVerifierAndBurnTheCode() {
      String code = webCode();

      Answer wrong = system.client("web").redeem(code, Pkce.random().verifier(), WEB);
      Answer right = system.client("web").redeem(code, pkce.verifier(), WEB);

      assertThat(wrong.error()).isEqualTo("invalid_grant");
      assertThat(right.error()).as("the code is burnt").isEqualTo("invalid_grant");
    }

    @Test
    void shouldRefuseAMissingVerifierWithoutBurningTheCode() {
      String code = webCode();

      Answer missing = system.client("web").token("authorization_code", "code", code, "redirect_uri", WEB);
      Answer right = system.client("web").redeem(code, pkce.verifier(), WEB);

      assertThat(missing.error()).isEqualTo("invalid_grant");
      assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAnotherRedirectUri() {
      Answer answer = system.client("web").redeem(webCode(), pkce.verifier(), "https://web.example/other");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("invalid_grant");
    }

    @Test
    void shouldRefuseAnotherClientWhichNeitherBurnsNorRevokes() {
      String code = webCode();

      Answer other = system.client("other-web").redeem(code, pkce.verifier(), WEB);
      Answer own = system.client("web").redeem(code, pkce.verifier(), WEB);
      Answer otherAgain = system.client("other-web").redeem(code, pkce.verifier(), WEB);

      assertThat(other.error()).isEqualTo("invalid_grant");
      assertThat(own.status()).isEqualTo(200);
      assertThat(otherAgain.error()).isEqualTo("invalid_grant");
      assertThat(system.client("web").refresh(own.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseASecondPresentationAndRevokeWhatCameOfTheFirst() {
      String code = webCode();
      Answer first = system.client("web").redeem(code, pkce.verifier(), WEB);

      Answer second = system.client("web").redeem(code, pkce.verifier(), WEB);

      assertThat(second.error()).isEqualTo("invalid_grant");
      assertThat(system.client("web").refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void shouldRefuseAnExpiredCode() {
      String redirectUri = "https://brief.example/callback";
      List<String> codes = java.util.stream.IntStream.range(0, 12)
          .mapToObj(i -> system.loginApplication().code("brief", redirectUri, pkce)).toList();

      // Codes of this client live one second; the last one presented is older than that.
      Awaitility.await().untilAsserted(() -> assertThat(
          system.client("brief").redeem(codes.get(0), pkce.verifier(), redirectUri).error()).isEqualTo("invalid_grant"));
      Awaitility.await().pollDelay(java.time.Duration.ofMillis(1200)).untilAsserted(() -> assertThat(
          system.client("brief").redeem(codes.get(11), pkce.verifier(), redirectUri).error()).isEqualTo("invalid_grant"));
    }

    @Test
    void shouldRefuseAForgedCode() {
      String code = webCode();
      String forged = (code.charAt(0) == 'A' ? 'B' : 'A') + code.substring(1);

      assertThat(system.client("web").redeem(forged, pkce.verifier(), WEB).status()).isIn(400, 503);
      assertThat(system.client("web").redeem("not-a-code", pkce.verifier(), WEB).error()).isEqualTo("invalid_grant");
    }

    @Test
    void shouldRefuseARefreshTokenPresentedAsACodeAndTheOtherWayRound() {
      String code = webCode();

      assertThat(system.client("web").refresh(code).error()).isEqualTo("invalid_grant");
      Answer tokens = system.client("web").redeem(code, pkce.verifier(), WEB);
      assertThat(system.client("web").redeem(tokens.refreshToken(), pkce.verifier(), WEB).error())
          .isEqualTo("invalid_grant");
      assertThat(system.client("web").refresh(tokens.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAMissingCode() {
      Answer answer = system.client("web").token("authorization_code", "redirect_uri", WEB);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("invalid_request");
    }
  }

  @Nested
  class LoginApi {
    @Test
    void shouldTakeAnyPortOfALoopbackAddress() {
      Pkce pkce = Pkce.random();
      String code = system.loginApplication().code(DESKTOP, "http://localhost:51234", pkce);

      assertThat(system.publicClient(DESKTOP).redeem(code, pkce.verifier(), "http://localhost:51235").error())
          .as("the one that was asked for").isEqualTo("invalid_grant");
      assertThat(system.publicClient(DESKTOP).redeem(code, pkce.verifier(), "http://localhost:51234").status())
          .isEqualTo(200);
    }

    @Test
    void shouldRefuseARedirectUriThatIsNotRegistered() {
      Answer answer = system.loginApplication().create("web", "https://evil.example/", pkce);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("invalid_request");
    }

    @Test
    void shouldRefuseTheMethodPlainAndARequestWithoutChallenge() {
      Answer plain = system.loginApplication().create("web", WEB, pkce, "code_challenge_method", "plain");
      Answer none = system.loginApplication().post("/login/authorizations",
          java.util.Map.of("client_id", "web", "subject", LoginApplication.SUBJECT, "redirect_uri", WEB));

      assertThat(plain.error()).isEqualTo("invalid_request");
      assertThat(plain.text("error_description")).contains("S256");
      assertThat(none.error()).isEqualTo("invalid_request");
    }

    @Test
    void shouldGiveNoCodeWithoutScopes() {
      assertThat(system.loginApplication().create("no-scopes", WEB, pkce).error()).isEqualTo("invalid_scope");
    }

    @Test
    void shouldRefuseAScopeTheClientMayNotHave() {
      assertThat(system.loginApplication().create("web", WEB, pkce, "scope", "billing.read").error())
          .isEqualTo("invalid_scope");
    }

    @Test
    void shouldRefuseATokenWithoutItsScope() {
      Answer answer = new LoginApplication(system.loginApi(), system.client("service")).create("web", WEB, pkce);

      assertThat(answer.status()).isIn(401, 403);
      assertThat(answer.header("WWW-Authenticate")).isPresent();
    }
  }
}
