package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs as authorization grants, RFC 7523 §2.1 and §3, as a relying party sees them. */
class JwtBearerTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String IDP = "https://idp.example";

  private final RunningSystem system = RunningSystem.shared();
  private final AssertionKeys keys = system.registry().assertionKeys();
  private final String tokenUrl = system.publicUrl() + "/connect/token";
  private final TokenClient federated = system.client("federated");

  private WrittenAssertion idp() {
    return WrittenAssertion.of(IDP, tokenUrl, Instant.now()).claim("sub", "s-ada");
  }

  private WrittenAssertion robot() {
    return WrittenAssertion.of("robot", tokenUrl, Instant.now());
  }

  /** As PSAuthClient's -jwtAssertion sends it: nothing but the grant. */
  private RawAnswer alone(String assertion, String... more) {
    RawRequest request = RawRequest.token("grant_type", GRANT, "assertion", assertion);
    for (int i = 0; i < more.length; i += 2) {
      request = request.and(more[i], more[i + 1]);
    }
    return RawConnection.exchange(system.edge(), request);
  }

  private Answer present(String assertion, String... more) {
    String[] all = java.util.Arrays.copyOf(more, more.length + 2);
    all[more.length] = "assertion";
    all[more.length + 1] = assertion;
    return federated.token(GRANT, all);
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
    assertThat(answer.text("error_description")).contains("expected");
  }

  @Nested
  class OfAnIssuer {
    @Test
    void shouldGiveTokensOfTheUserWhomTheIssuerNames() throws Exception {
      Answer answer = present(idp().signed(keys.ec(), "ES256"), "scope", "openid orders.read");

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
      assertThat(claims.getSubject()).isEqualTo("s-ada");
      assertThat(claims.getStringClaim("client_id")).isEqualTo("federated");
      assertThat(claims.getStringClaim("scope")).isEqualTo("openid orders.read");
      assertThat(claims.getStringClaim("idp")).isEqualTo(IDP);
      assertThat(answer.has("id_token")).isTrue();
      assertThat(answer.has("refresh_token")).isFalse();
    }

    @Test
    void shouldGiveAllThatTheClientMayHaveWhereNothingIsAskedFor() {
      Answer answer = present(idp().signed(keys.ec(), "ES256"));

      assertThat(answer.text("scope")).isEqualTo("offline_access openid orders.read");
      assertThat(federated.refresh(answer.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void shouldFetchTheKeysThatTheIssuerPublishesAndPrefixItsSubjects() throws Exception {
      WrittenAssertion partner = WrittenAssertion.of("https://partner.example", "api://mintlog", Instant.now())
          .claim("sub", "anybody");

      Answer answer = present(partner.signed(keys.rsa(), "RS256"), "scope", "orders.read");

      assertThat(system.relyingParty().verified(answer.accessToken()).getSubject()).isEqualTo("partner|anybody");
      assertRefused(present(partner.claim("aud", tokenUrl).signed(keys.rsa(), "RS256")), "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "s-cora", "federated"})
    void shouldRefuseASubjectWhoIsNoRegisteredUserWhoMaySignIn(String subject) {
      assertRefused(present(idp().claim("sub", subject).signed(keys.ec(), "ES256")), "invalid_grant");
    }

    @Test
    void shouldWantItsClientToAuthenticate() {
      String assertion = idp().signed(keys.ec(), "ES256");

      alone(assertion).isRefused(400, "invalid_grant");
      alone(assertion, "client_id", "federated").isRefused(400, "invalid_client");
      RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "assertion", assertion)
          .basic("federated", "wrong")).isRefused(401, "invalid_client");
      assertThat(present(assertion).status()).as("nothing was spent").isEqualTo(200);
    }

    @Test
    void shouldRefuseAnIssuerThatTheClientIsNotRegisteredFor() {
      assertRefused(present(idp().claim("iss", "https://other.example").signed(keys.ec(), "ES256")), "invalid_grant");
      assertRefused(present(robot().signed(keys.ec(), "ES256")), "invalid_grant");
    }
  }

  @Nested
  class OfTheClientItself {
    @Test
    void shouldGiveAClientATokenForItsAssertionAlone() throws Exception {
      RawAnswer answer = alone(robot().prettyPrinted().signed(keys.rsa(), "RS256")).isGranted();

      JWTClaimsSet claims = system.relyingParty().verified(answer.text("access_token"));
      assertThat(claims.getSubject()).isEqualTo("robot");
      assertThat(claims.getStringClaim("client_id")).isEqualTo("robot");
      assertThat(claims.getStringClaim("scope")).isEqualTo("orders.read plans.read");
      assertThat(answer.json().has("refresh_token")).isFalse();
      assertThat(answer.json().has("id_token")).isFalse();
    }

    @Test
    void shouldLetItSpeakForARegisteredUserWhereItMay() {
      RawAnswer answer = alone(robot().claim("sub", "paula").signed(keys.ec(), "ES256"), "scope", "plans.read")
          .isGranted();

      JWTClaimsSet claims = system.relyingParty().verified(answer.text("access_token"));
      assertThat(claims.getSubject()).isEqualTo("paula");
      assertThat(claims.getClaim("email")).as("what the API wants to know").isEqualTo("paula@example.org");
      alone(robot().claim("sub", "nobody").signed(keys.ec(), "ES256")).isRefused(400, "invalid_grant");
      alone(robot().claim("sub", "disabled-visitor").signed(keys.ec(), "ES256")).isRefused(400, "invalid_grant");
    }

    @Test
    void shouldLetItSpeakForNobodyElseWhereItMayNot() {
      WrittenAssertion quiet = WrittenAssertion.of("quiet-robot", tokenUrl, Instant.now());

      alone(quiet.signed(keys.ec(), "ES256")).isGranted();
      alone(quiet.claim("jti", "other").claim("sub", "paula").signed(keys.ec(), "ES256"))
          .isRefused(400, "invalid_grant");
    }

    @Test
    void shouldTakeTheClientThatItNamesBesideItAndNoOther() {
      alone(robot().signed(keys.ec(), "ES256"), "client_id", "robot").isGranted();
      alone(robot().signed(keys.ec(), "ES256"), "client_id", "quiet-robot").isRefused(400, "invalid_client");
    }

    @Test
    void shouldRefuseAClientThatIsNotRegisteredForTheGrant() {
      alone(WrittenAssertion.of("signer", tokenUrl, Instant.now()).signed(keys.ec(), "ES256"))
          .isRefused(400, "unauthorized_client");
      assertRefused(system.client("service").token(GRANT, "assertion", idp().signed(keys.ec(), "ES256")),
          "unauthorized_client");
    }

    @Test
    void shouldNotServeAsProofAnywhereElse() {
      String assertion = robot().signed(keys.ec(), "ES256");

      RawConnection.exchange(system.edge(), RawRequest.token("grant_type", "client_credentials", "assertion", assertion))
          .isRefused(400, "invalid_client");
      RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "assertion", assertion, "token", "x")
          .at("/connect/revocation")).isRefused(400, "invalid_client");
    }

    @Test
    void shouldTellNobodyWhichClientsThereAre() {
      RawAnswer unknown = alone(robot().claim("iss", "nobody").signed(keys.ec(), "ES256")).isRefused(400, "invalid_grant");
      RawAnswer wrong = alone(robot().signed(keys.other(), "RS256")).isRefused(400, "invalid_grant");
      RawAnswer without = alone(robot().claim("iss", "service").signed(keys.ec(), "ES256"))
          .isRefused(400, "invalid_grant");

      assertThat(unknown.text()).isEqualTo(wrong.text()).isEqualTo(without.text());
    }
  }

  @Nested
  class Once {
    @Test
    void shouldTakeAnAssertionOnce() {
      String assertion = idp().signed(keys.ec(), "ES256");
      assertThat(present(assertion).status()).isEqualTo(200);

      Answer again = present(assertion);

      assertRefused(again, "invalid_grant");
      assertThat(again.text("error_description")).contains("a jti of its own");
      String jti = "jti-" + Instant.now();
      assertThat(present(idp().claim("jti", jti).signed(keys.ec(), "ES256")).status()).isEqualTo(200);
      assertRefused(present(idp().claim("jti", jti).claim("sub", "paula").signed(keys.ed(), "EdDSA")), "invalid_grant");
    }

    @Test
    void shouldNotTakeAClientsAssertionAsGrantAndAsProof() {
      String type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      String first = robot().signed(keys.ec(), "ES256");
      String second = robot().signed(keys.ec(), "ES256");

      alone(first).isGranted();
      RawConnection.exchange(system.edge(), RawRequest.clientCredentials().and("client_assertion_type", type)
          .and("client_assertion", first)).isRefused(400, "invalid_client");
      RawConnection.exchange(system.edge(), RawRequest.clientCredentials().and("client_assertion_type", type)
          .and("client_assertion", second)).isGranted();
      alone(second).isRefused(400, "invalid_grant");
    }
  }

  @Nested
  class Attacks {
    @ParameterizedTest
    @ValueSource(strings = {"orders.write", "plans.read", "mintlog.login", "unknown"})
    void shouldRefuseAScopeBeyondTheClients(String scope) {
      assertRefused(present(idp().signed(keys.ec(), "ES256"), "scope", scope), "invalid_scope");
      assertRefused(present(idp().signed(keys.ec(), "ES256"), "scope", "orders.read " + scope), "invalid_scope");
    }

    @Test
    void shouldRefuseScopesOfAUserWhereTheClientSpeaksForItself() {
      alone(robot().signed(keys.ec(), "ES256"), "scope", "openid").isRefused(400, "invalid_scope");
      alone(robot().signed(keys.ec(), "ES256"), "scope", "orders.read offline_access").isRefused(400, "invalid_scope");
    }

    @Test
    void shouldTakeNoAlgorithmButTheRegisteredOnes() throws Exception {
      assertRefused(present(idp().signed(keys.rsa(), "RS256")), "invalid_grant");
      for (String none : List.of("none", "None", "NONE", "")) {
        assertRefused(present(idp().header("alg", none).with("AAAA")), "invalid_grant");
        alone(robot().header("alg", none).with("AAAA")).isRefused(400, "invalid_grant");
      }
      RSAKey publicKey = keys.rsa().toPublicJWK();
      for (byte[] guess : List.of(publicKey.toRSAPublicKey().getEncoded(),
          publicKey.toJSONString().getBytes(StandardCharsets.UTF_8))) {
        assertRefused(present(idp().signed(guess, "HS256")), "invalid_grant");
        alone(robot().signed(guess, "HS256")).isRefused(400, "invalid_grant");
      }
    }

    @Test
    void shouldNotTakeAKeyThatTheHeaderBrings() throws Exception {
      RSAKey own = new RSAKeyGenerator(2048).generate();

      for (WrittenAssertion brought : List.of(robot().header("jwk", own.toPublicJWK().toJSONObject()),
          robot().header("jku", "https://attacker.example/jwks"), robot().header("x5u", "https://attacker.example/x5u"),
          robot().header("kid", "rsa-1"))) {
        alone(brought.signed(own, "RS256")).isRefused(400, "invalid_grant");
      }
    }

    @Test
    void shouldRefuseAnAudienceThatIsAnothersOrNotOursAlone() {
      for (Object audience : List.of("https://elsewhere.example/token", List.of(tokenUrl, "https://elsewhere.example"),
          system.publicUrl() + "/acme/connect/token", "https://orders.example")) {
        assertRefused(present(idp().claim("aud", audience).signed(keys.ec(), "ES256")), "invalid_grant");
        alone(robot().claim("aud", audience).signed(keys.ec(), "ES256")).isRefused(400, "invalid_grant");
      }
    }

    @Test
    void shouldRefuseOneOutOfItsTime() {
      long now = Instant.now().getEpochSecond();
      for (WrittenAssertion untimely : List.of(idp().claim("exp", now - 60), idp().claim("exp", now + 7_200),
          idp().claim("nbf", now + 120), idp().claim("iat", now + 120))) {
        assertRefused(present(untimely.signed(keys.ec(), "ES256")), "invalid_grant");
      }
    }

    @Test
    void shouldRefuseWhatIsNoAssertion() {
      Pkce pkce = Pkce.random();
      String web = "https://web.example/callback";
      Answer tokens = system.client("web").redeem(
          system.loginApplication().code("web", web, pkce), pkce.verifier(), web);

      for (String other : List.of(tokens.accessToken(), tokens.text("id_token"), tokens.refreshToken(), "a", "a.b.c",
          "..", "a".repeat(16_385))) {
        assertRefused(present(other), "invalid_grant");
        alone(other).isRefused(400, "invalid_grant");
      }
      assertRefused(federated.token(GRANT), "invalid_request");
      assertRefused(present(tokens.accessToken(), "requested_token_use", "anything"), "invalid_request");
    }
  }

  @Nested
  class InTheAudit {
    @Test
    void shouldRecordTheTokenBeforeItLeaves() {
      Answer answer = present(idp().signed(keys.ec(), "ES256"), "scope", "orders.read");

      String jti = system.relyingParty().verified(answer.accessToken()).getJWTID();
      assertThat(new Log(system).events(TokenIssued.class)).filteredOn(event -> event.getJti().equals(jti))
          .singleElement().satisfies(event -> {
            assertThat(event.getGrantType()).isEqualTo(GRANT);
            assertThat(event.getSubject()).isEqualTo("s-ada");
            assertThat(event.getAssertionIssuer()).isEqualTo(IDP);
          });
    }

    @Test
    void shouldNameTheIssuerOfWhatIsRefreshedAsWellAndNobodyWhereTheClientSigned() {
      Answer answer = present(idp().signed(keys.ec(), "ES256"), "scope", "offline_access orders.read");
      String refreshed = system.relyingParty().verified(federated.refresh(answer.refreshToken()).accessToken()).getJWTID();
      String own = system.relyingParty().verified(alone(robot().claim("sub", "s-ada").signed(keys.ec(), "ES256"))
          .isGranted().text("access_token")).getJWTID();

      List<TokenIssued> events = new Log(system).events(TokenIssued.class);
      assertThat(events).filteredOn(event -> event.getJti().equals(refreshed)).singleElement()
          .satisfies(event -> assertThat(event.getAssertionIssuer()).isEqualTo(IDP));
      assertThat(events).filteredOn(event -> event.getJti().equals(own)).singleElement()
          .satisfies(event -> assertThat(event.getAssertionIssuer()).isNull());
    }

    @Test
    void shouldRecordARefusalUnderTheClientThatItNames() {
      alone(robot().claim("aud", "https://audit.example").signed(keys.ec(), "ES256")).isRefused(400, "invalid_grant");

      org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(new Log(system).events(TokenDenied.class))
          .anySatisfy(event -> {
            assertThat(event.getHeader().getClientId()).isEqualTo("robot");
            assertThat(event.toString()).contains(GRANT, "aud of the assertion");
          }));
    }
  }
}
