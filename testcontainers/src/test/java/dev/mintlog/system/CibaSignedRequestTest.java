package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OpenID CIBA Core §7.1.1: requests that are JWTs; and {@code login_hint_token}, §7.1. */
class CibaSignedRequestTest {
  private static final String DESK = "https://desk.example";
  private static final String INVALID = "invalid_request_object";

  private final RunningSystem system = RunningSystem.shared();
  private final AssertionKeys keys = system.registry().assertionKeys();
  private final LoginApplication login = system.loginApplication();
  private final TokenClient bank = system.client("signing-bank");
  private final TokenClient strict = system.client("strict-bank");

  @Nested
  class ASignedRequest {
    @Test
    void shouldAskAsAFormDoes() {
      String request = request().claim("scope", "openid orders.read").claim("binding_message", "W4SCT")
          .claim("acr_values", "urn:mfa").claim("requested_expiry", 100).signed(keys.ec(), "ES256");

      Answer asked = granted(bank.backchannel("request", request));

      assertThat(asked.json().get("expires_in").asInt()).isEqualTo(100);
      Answer shown = login.lookAtBackchannel(BackchannelRequests.id(system, asked));
      assertThat(shown.text("client_id")).isEqualTo("signing-bank");
      assertThat(shown.text("subject")).isEqualTo("s-ada");
      assertThat(shown.text("scope")).isEqualTo("openid orders.read");
      assertThat(shown.text("binding_message")).isEqualTo("W4SCT");
      assertThat(shown.text("acr_values")).isEqualTo("urn:mfa");
    }

    @Test
    void shouldLeadToTokens() {
      Answer asked = granted(bank.backchannel("request", signed(request())));
      assertThat(login.approveBackchannel(BackchannelRequests.id(system, asked), Map.of("subject", "s-ada")).status())
          .isEqualTo(200);

      granted(bank.pollBackchannel(asked.text("auth_req_id")));
    }

    @Test
    void shouldBeGoodOnce() {
      String request = signed(request());

      granted(bank.backchannel("request", request));
      Answer again = refused(INVALID, bank.backchannel("request", request));
      assertThat(again.text("error_description")).contains("a jti of its own");
      // Nor another with its jti; of another client it is another.
      String jti = UUID.randomUUID().toString();
      granted(bank.backchannel("request", signed(request().claim("jti", jti))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("jti", jti).claim("login_hint", "s-ada"))));
      granted(strict.backchannel("request",
          request("strict-bank").claim("jti", jti).signed(keys.rsa(), "PS256")));
    }

    @Test
    void shouldBeSignedByAKeyThatTheClientPublishes() {
      granted(system.client("published-bank").backchannel(
          "request", request("published-bank").signed(keys.ed(), "EdDSA")));
      refused(INVALID, system.client("published-bank").backchannel(
          "request", request("published-bank").signed(keys.other(), "RS256")));
    }

    @Test
    void shouldComeWithAClientAssertionBesideIt() {
      String assertion = WrittenAssertion.of("signed-bank", system.publicUrl() + "/connect/ciba", Instant.now())
          .signed(keys.ec(), "ES256");

      granted(new TokenClient(system.edge(), "signed-bank", Optional.empty()).backchannel(
          "request", request("signed-bank").signed(keys.ec(), "ES256"), "client_assertion", assertion,
          "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
    }

    @Test
    void shouldHaveItsParametersInsideAlone() {
      for (String[] beside : new String[][] {{"login_hint", "ada"}, {"scope", "openid"}, {"binding_message", "x"},
          {"user_code", "1"}, {"requested_expiry", "5"}, {"client_notification_token", "t"}}) {
        Answer refused =
            refused(INVALID, bank.backchannel("request", signed(request()), beside[0], beside[1]));
        assertThat(refused.text("error_description"))
            .isEqualTo("Parameter from JWT request object also found in request body");
      }
    }

    @Test
    void shouldBeJudgedInsideAsAForm() {
      refused("invalid_request", bank.backchannel("request", signed(request().claim("scope", null))));
      refused("invalid_request", bank.backchannel("request", signed(request().claim("login_hint", null))));
      refused("unknown_user_id", bank.backchannel("request", signed(request().claim("login_hint", "nobody"))));
      refused("invalid_binding_message",
          bank.backchannel("request", signed(request().claim("binding_message", "x".repeat(101)))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("scope", List.of("openid")))));
    }

    @Test
    void shouldBeTheOnlyWayOfAClientThatIsRegisteredForIt() {
      refused("invalid_request", strict.backchannel("scope", "openid", "login_hint", "ada"));
      granted(strict.backchannel("request", request("strict-bank").signed(keys.rsa(), "PS256")));
      granted(bank.backchannel("scope", "openid", "login_hint", "ada"));
    }

    @Test
    void shouldBeOfAClientThatIsRegisteredForIt() {
      refused("invalid_request",
          system.client("bank").backchannel("request", request("bank").signed(keys.ec(), "ES256")));
    }
  }

  @Nested
  class Attacks {
    @Test
    void shouldNotTakeAForeignKeyNorOneThatTheHeaderBrings() {
      refused(INVALID, strict.backchannel("request",
          request("strict-bank").header("kid", "rsa-1").signed(keys.other(), "PS256")));
      refused(INVALID, strict.backchannel("request",
          request("strict-bank").header("jwk", keys.other().toPublicJWK().toJSONObject()).signed(keys.other(), "PS256")));
      refused(INVALID, strict.backchannel("request",
          request("strict-bank").header("jku", "https://attacker.example/jwks").signed(keys.other(), "PS256")));
    }

    @Test
    void shouldNotTakeAnotherAlgorithmThanTheRegisteredOne() throws Exception {
      for (String algorithm : List.of("none", "None", "")) {
        refused(INVALID, bank.backchannel("request", request().header("alg", algorithm).with("AAAA")));
      }
      refused(INVALID, bank.backchannel("request", request().signed(keys.rsa(), "RS256")));
      refused(INVALID, strict.backchannel("request", request("strict-bank").signed(keys.rsa(), "RS256")));
      byte[] shown = keys.ec().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
      refused(INVALID, bank.backchannel("request", request().signed(shown, "HS256")));
    }

    @Test
    void shouldNotTakeOneForSomebodyElseOrOfSomebodyElse() {
      refused(INVALID, bank.backchannel("request", signed(request().claim("aud", "https://elsewhere.example"))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("aud", system.publicUrl() + "/acme"))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("aud", null))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("iss", "strict-bank"))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("client_id", "strict-bank"))));
      // The same key, another client's request.
      refused(INVALID, bank.backchannel("request", request("signed-bank").signed(keys.ec(), "ES256")));
    }

    @Test
    void shouldNotTakeOneOutOfItsTime() {
      long now = Instant.now().getEpochSecond();
      refused(INVALID, bank.backchannel("request", signed(request().claim("exp", now - 60))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("exp", now + 7_200))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("nbf", now + 120))));
      for (String missing : List.of("exp", "iat", "nbf", "jti", "iss")) {
        refused(INVALID, bank.backchannel("request", signed(request().claim(missing, null))));
      }
    }

    @Test
    void shouldNotTakeAClientAssertionForItNorItForAClientAssertion() {
      String assertion =
          WrittenAssertion.of("signing-bank", system.publicUrl(), Instant.now()).claim("scope", "openid")
              .claim("login_hint", "ada").signed(keys.ec(), "ES256");
      String typed = request().header("typ", "client-authentication+jwt").signed(keys.ec(), "ES256");

      refused(INVALID, bank.backchannel("request", assertion));
      refused(INVALID, bank.backchannel("request", typed));
      Answer asAssertion = new TokenClient(system.edge(), "signed-bank", Optional.empty()).backchannel(
          "scope", "openid", "login_hint", "ada", "client_assertion", request("signed-bank").signed(keys.ec(), "ES256"),
          "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      assertThat(asAssertion.status()).as(asAssertion.toString()).isEqualTo(401);
    }

    @Test
    void shouldNotTakeOversizedNestedOrBrokenOnes() {
      refused(INVALID, bank.backchannel("request", signed(request().claim("x", "x".repeat(20_000)))));
      refused(INVALID, bank.backchannel("request", signed(request().claim("request", signed(request())))));
      String deep = keys.base64url(("{\"scope\":" + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
      for (String broken : List.of("x", "e30.e30.e30", "a.b.c.d.e", deep + ".e30.AAAA", "e30." + deep + ".AAAA")) {
        refused(INVALID, bank.backchannel("request", broken));
      }
      String[] parts = signed(request()).split("\\.");
      String[] others = signed(request().claim("login_hint", "s-ada")).split("\\.");
      refused(INVALID, bank.backchannel("request", parts[0] + "." + others[1] + "." + parts[2]));
    }
  }

  @Nested
  class ALoginHintToken {
    @Test
    void shouldNameTheUserByUsernameOrSubject() {
      for (String name : List.of("ada", "s-ada")) {
        Answer asked = granted(ask(hint(name).signed(keys.rsa(), "RS256")));
        assertThat(login.lookAtBackchannel(BackchannelRequests.id(system, asked)).text("subject")).isEqualTo("s-ada");
      }
      String again = hint("ada").signed(keys.rsa(), "RS256");
      granted(ask(again));
      granted(ask(again));
    }

    @Test
    void shouldStandInASignedRequestAsWell() {
      granted(bank.backchannel("request", signed(request().claim("login_hint", null)
          .claim("login_hint_token", hint("ada").signed(keys.rsa(), "RS256")))));
    }

    @Test
    void shouldSayWhenItHasExpired() {
      long now = Instant.now().getEpochSecond();

      refused("expired_login_hint_token", ask(hint("ada").claim("exp", now - 60).signed(keys.rsa(), "RS256")));
    }

    @Test
    void shouldNotTellWhatIsWrongOfAnybodyElse() {
      refused("unknown_user_id", ask(hint("nobody").signed(keys.rsa(), "RS256")));
      refused("unknown_user_id", ask(hint("cora").signed(keys.rsa(), "RS256")));
    }

    @Test
    void shouldBeOfAnIssuerThatTheClientIsRegisteredFor() throws Exception {
      long now = Instant.now().getEpochSecond();
      JWK other = keys.other();
      for (String bad : List.of(
          hint("ada").signed(other, "RS256"),
          hint("ada").header("jwk", other.toPublicJWK().toJSONObject()).signed(other, "RS256"),
          hint("ada").header("alg", "none").with("AAAA"),
          hint("ada").signed(keys.rsa().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), "HS256"),
          hint("ada").claim("iss", "https://other.example").signed(keys.rsa(), "RS256"),
          hint("ada").claim("aud", "https://other.example").signed(keys.rsa(), "RS256"),
          hint("ada").claim("nbf", now + 120).signed(keys.rsa(), "RS256"),
          hint("ada").claim("sub", null).signed(keys.rsa(), "RS256"),
          hint("ada").claim("exp", null).signed(keys.rsa(), "RS256"),
          hint("ada").claim("exp", now - 60).signed(other, "RS256"),
          hint("ada").header("typ", "at+jwt").signed(keys.rsa(), "RS256"),
          hint("ada").claim("x", "x".repeat(5_000)).signed(keys.rsa(), "RS256"),
          "x", "e30.e30.AAAA")) {
        refused("invalid_request", ask(bad));
      }
      refused("invalid_request", system.client("bank").backchannel("scope", "openid", "login_hint_token",
          hint("ada").signed(keys.rsa(), "RS256")));
    }

    private Answer ask(String token) {
      return bank.backchannel("scope", "openid", "login_hint_token", token);
    }

    private WrittenAssertion hint(String subject) {
      return WrittenAssertion.of(DESK, system.publicUrl(), Instant.now()).claim("sub", subject);
    }
  }

  private WrittenAssertion request() {
    return request("signing-bank");
  }

  /** A request for ada, as the specification has it. */
  private WrittenAssertion request(String client) {
    return WrittenAssertion.of(client, system.publicUrl(), Instant.now()).claim("sub", null)
        .claim("scope", "openid").claim("login_hint", "ada");
  }

  private String signed(WrittenAssertion request) {
    return request.signed(keys.ec(), "ES256");
  }

  private static Answer granted(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static Answer refused(String error, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
    return answer;
  }
}
