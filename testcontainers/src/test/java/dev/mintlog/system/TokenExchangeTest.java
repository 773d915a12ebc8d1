package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenIssued;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8693, as a relying party sees it. */
class TokenExchangeTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  private static final String ORDERS = "https://orders.example";
  private static final String BILLING = "https://billing.example";
  private static final String PLANS = "https://plans.example";
  private static final String REDIRECT = "https://planner.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final Pkce pkce = Pkce.random();
  private final TokenClient planner = system.client("planner");
  private final TokenClient gateway = system.client("gateway");

  private Answer signedIn(String scope) {
    return signedIn("paula", scope);
  }

  private Answer signedIn(String subject, String scope) {
    Answer code = system.loginApplication().create("planner", REDIRECT, pkce, "scope", scope, "subject", subject);
    return planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);
  }

  private static Answer exchange(TokenClient client, String subjectToken, String... more) {
    Map<String, String> fields = new HashMap<>(Map.of("subject_token", subjectToken, "subject_token_type", ACCESS_TOKEN));
    fields.putAll(TokenClient.fields(more));
    return client.token(GRANT, fields.entrySet().stream()
        .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue())).toArray(String[]::new));
  }

  private JWTClaimsSet verified(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return system.relyingParty().verified(answer.accessToken());
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.text("error_description")).contains("expected");
  }

  @Nested
  class Impersonation {
    @Test
    void shouldGiveATokenOfTheSameSubjectToTheClientThatAsks() throws Exception {
      Answer signedIn = signedIn("openid offline_access orders.read billing.read");

      Answer answer = exchange(gateway, signedIn.accessToken(), "audience", BILLING);

      JWTClaimsSet claims = verified(answer);
      assertThat(answer.text("issued_token_type")).isEqualTo(ACCESS_TOKEN);
      assertThat(answer.text("token_type")).isEqualTo("Bearer");
      assertThat(answer.text("scope")).isEqualTo("billing.read");
      assertThat(answer.has("refresh_token")).isFalse();
      assertThat(answer.has("id_token")).isFalse();
      assertThat(claims.getSubject()).isEqualTo("paula");
      assertThat(claims.getStringClaim("client_id")).isEqualTo("gateway");
      assertThat(claims.getAudience()).containsExactly(BILLING);
      assertThat(claims.getClaim("act")).isNull();
    }

    @Test
    void shouldGiveAllThatBothMayHaveWhereNothingIsAskedFor() throws Exception {
      JWTClaimsSet claims = verified(exchange(gateway, signedIn("openid orders.read orders.write").accessToken()));

      assertThat(claims.getStringClaim("scope")).isEqualTo("orders.read");
      assertThat(claims.getAudience()).containsExactly(ORDERS);
    }

    @Test
    void shouldNotLiveLongerThanTheSubjectToken() throws Exception {
      Answer signedIn = signedIn("orders.read");

      assertThat(verified(exchange(gateway, signedIn.accessToken())).getExpirationTime())
          .isBeforeOrEqualTo(verified(signedIn).getExpirationTime());
    }

    @Test
    void shouldExchangeATokenOfAClientItself() throws Exception {
      TokenClient own = system.client("own-exchanger");

      JWTClaimsSet claims = verified(exchange(own, own.clientCredentials().accessToken(), "resource", ORDERS));

      assertThat(claims.getSubject()).isEqualTo("own-exchanger");
      assertThat(claims.getAudience()).containsExactly(ORDERS);
    }

    @Test
    void shouldExchangeAReferenceTokenAsLongAsItLives() throws Exception {
      TokenClient opaque = system.client("opaque");
      Answer code = system.loginApplication().create("opaque", "https://opaque.example/callback", pkce,
          "scope", "orders.read billing.read");
      String subject = opaque.redeem(code.text("code"), pkce.verifier(), "https://opaque.example/callback").accessToken();

      JWTClaimsSet claims = verified(exchange(gateway, subject, "scope", "orders.read"));
      assertThat(claims.getSubject()).isEqualTo(LoginApplication.SUBJECT);
      assertThat(claims.getStringClaim("scope")).isEqualTo("orders.read");
      assertThat(claims.getAudience()).containsExactly(ORDERS);
      assertRefused(exchange(gateway, subject, "scope", "plans.read"), "invalid_scope");
      assertRefused(exchange(gateway, subject, "subject_token_type", ID_TOKEN), "invalid_request");

      assertThat(opaque.revoke(subject).status()).isEqualTo(200);
      assertRefused(exchange(gateway, subject), "invalid_request");
    }

    @Test
    void shouldExchangeAnIdTokenWithinTheConsentItWasIssuedOn() throws Exception {
      Answer signedIn = signedIn("openid orders.read");

      Answer answer = exchange(gateway, signedIn.text("id_token"), "subject_token_type", ID_TOKEN);
      Answer beyond = exchange(gateway, signedIn.text("id_token"), "subject_token_type", ID_TOKEN,
          "scope", "billing.read");

      assertThat(verified(answer).getStringClaim("scope")).isEqualTo("orders.read");
      assertThat(verified(answer).getSubject()).isEqualTo("paula");
      assertRefused(beyond, "invalid_scope");
    }

    @Test
    void shouldSayThatAnAccessTokenIsAJwtWhereThatIsAskedFor() {
      Answer answer = exchange(gateway, signedIn("orders.read").accessToken(), "requested_token_type", JWT);

      assertThat(answer.text("issued_token_type")).isEqualTo(JWT);
    }

    @Test
    void shouldCarryTheUsersClaimsThatTheAudienceWants() throws Exception {
      assertThat(verified(exchange(gateway, signedIn("plans.read").accessToken())).getStringClaim("email"))
          .isEqualTo("paula@example.org");
    }
  }

  @Nested
  class Delegation {
    private final String actor = system.client("service").clientCredentials().accessToken();

    @Test
    void shouldNameTheActor() throws Exception {
      JWTClaimsSet claims = verified(exchange(gateway, signedIn("orders.read").accessToken(),
          "actor_token", actor, "actor_token_type", ACCESS_TOKEN));

      assertThat(claims.getSubject()).isEqualTo("paula");
      assertThat(claims.getJSONObjectClaim("act")).isEqualTo(Map.of("sub", "service"));
    }

    @Test
    void shouldNestTheActorsBefore() throws Exception {
      Answer first = exchange(gateway, signedIn("orders.read").accessToken(),
          "actor_token", actor, "actor_token_type", ACCESS_TOKEN);
      String second = gateway.clientCredentials("scope", "orders.read").accessToken();

      JWTClaimsSet claims = verified(exchange(system.client("delegator"), first.accessToken(),
          "actor_token", second, "actor_token_type", JWT));

      assertThat(claims.getJSONObjectClaim("act"))
          .isEqualTo(Map.of("sub", "gateway", "act", Map.of("sub", "service")));
      assertThat(verified(exchange(gateway, first.accessToken(), "actor_token", second, "actor_token_type", JWT))
          .getStringClaim("client_id")).isEqualTo("gateway");
    }

    @Test
    void shouldRecordTheActorsBeforeTheTokenLeaves() {
      JWTClaimsSet claims = verified(exchange(gateway, signedIn("orders.read").accessToken(),
          "actor_token", actor, "actor_token_type", ACCESS_TOKEN));

      assertThat(new Log(system).events(TokenIssued.class))
          .filteredOn(event -> event.getJti().equals(claims.getJWTID()))
          .singleElement().satisfies(event -> {
            assertThat(event.getActors()).containsExactly("service");
            assertThat(event.getGrantType()).isEqualTo(GRANT);
            assertThat(event.getSubject()).isEqualTo("paula");
          });
    }

    @Test
    void shouldLetNobodyActButWhomTheTokenNames() {
      String subject = signedIn("paula-lets-act", "orders.read plans.read").accessToken();
      String other = gateway.clientCredentials("scope", "orders.read").accessToken();

      assertThat(exchange(gateway, subject, "actor_token", actor, "actor_token_type", ACCESS_TOKEN).status())
          .isEqualTo(200);
      assertRefused(exchange(gateway, subject, "actor_token", other, "actor_token_type", ACCESS_TOKEN),
          "invalid_request");
      assertRefused(exchange(gateway, subject), "invalid_request");
    }

    @Test
    void shouldRefuseWhatTheClientIsNotRegisteredFor() {
      String subject = signedIn("orders.read").accessToken();

      assertRefused(exchange(system.client("delegator"), subject), "invalid_request");
      assertRefused(exchange(system.client("own-exchanger"),
          system.client("own-exchanger").clientCredentials().accessToken(),
          "actor_token", actor, "actor_token_type", ACCESS_TOKEN), "invalid_request");
    }

    @Test
    void shouldRefuseAnActorTokenWithoutItsTypeAndATypeWithoutToken() {
      String subject = signedIn("orders.read").accessToken();

      assertRefused(exchange(gateway, subject, "actor_token", actor), "invalid_request");
      assertRefused(exchange(gateway, subject, "actor_token_type", ACCESS_TOKEN), "invalid_request");
    }
  }

  @Nested
  class Escalation {
    @ParameterizedTest
    @CsvSource({"orders.write", "billing.read", "openid", "offline_access", "mintlog.login", "unknown"})
    void shouldRefuseAScopeBeyondTheSubjectTokensAndTheClients(String scope) {
      String subject = signedIn("openid offline_access orders.read orders.write").accessToken();

      assertRefused(exchange(gateway, subject, "scope", scope), "invalid_scope");
      assertRefused(exchange(gateway, subject, "scope", "orders.read " + scope), "invalid_scope");
    }

    @ParameterizedTest
    @CsvSource({BILLING + ",resource", BILLING + ",audience", "https://unknown.example,resource", "mintlog,audience"})
    void shouldRefuseAnAudienceBeyondTheSubjectTokens(String target, String parameter) {
      assertRefused(exchange(gateway, signedIn("orders.read").accessToken(), parameter, target), "invalid_target");
    }

    @Test
    void shouldNotWidenWhatWasNarrowedByAResource() {
      Answer signedIn = signedIn("offline_access orders.read billing.read");
      String narrowed = planner.refresh(signedIn.refreshToken(), "resource", ORDERS).accessToken();

      assertRefused(exchange(gateway, narrowed, "scope", "billing.read"), "invalid_scope");
      assertRefused(exchange(gateway, narrowed, "audience", BILLING), "invalid_target");
      assertThat(verified(exchange(gateway, narrowed)).getAudience()).containsExactly(ORDERS);
    }

    @Test
    void shouldNotWidenByExchangingAgain() {
      String wide = signedIn("orders.read billing.read").accessToken();
      String narrow = exchange(gateway, wide, "scope", "orders.read").accessToken();

      assertRefused(exchange(gateway, narrow, "scope", "billing.read"), "invalid_scope");
    }

    @Test
    void shouldRefuseTheTokenOfAClientThatIsNotListed() {
      assertRefused(exchange(gateway, system.client("service").clientCredentials().accessToken()), "invalid_request");
      assertRefused(exchange(system.client("own-exchanger"), signedIn("orders.read").accessToken()), "invalid_request");
    }

    @Test
    void shouldRefuseATokenOfAnotherTenantAlsoWhereItsClientHasAListedName() {
      // Given a client that both tenants know, and that may exchange its own tokens in both
      TokenClient here = system.client("own-exchanger");
      TokenClient there = system.client("acme", "own-exchanger");
      String ofHere = here.clientCredentials("scope", "orders.read").accessToken();
      String ofThere = there.clientCredentials("scope", "orders.read").accessToken();

      // When, Then
      assertRefused(exchange(there, ofHere), "invalid_request");
      assertRefused(exchange(here, ofThere), "invalid_request");
      assertThat(exchange(there, ofThere).status()).isEqualTo(200);
      String subject = signedIn("orders.read").accessToken();
      assertRefused(exchange(gateway, subject, "actor_token", ofThere, "actor_token_type", ACCESS_TOKEN),
          "invalid_request");
    }

    @Test
    void shouldRefuseAClientThatMayNotExchange() {
      assertRefused(exchange(planner, signedIn("orders.read").accessToken()), "unauthorized_client");
      Answer publicClient = exchange(system.publicClient("spa"), signedIn("orders.read").accessToken());
      assertRefused(publicClient, "unauthorized_client");
    }
  }

  @Nested
  class AfterTheEnd {
    @Test
    void shouldRefuseTheTokenOfARevokedAuthorization() {
      Answer code = system.loginApplication().create("planner", REDIRECT, pkce, "scope", "orders.read");
      Answer signedIn = planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);
      String exchanged = exchange(gateway, signedIn.accessToken()).accessToken();
      planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);

      assertRefused(exchange(gateway, signedIn.accessToken()), "invalid_request");
      assertRefused(exchange(gateway, exchanged), "invalid_request");
    }

    @Test
    void shouldRefuseATokenThatExpired() {
      TokenClient brief = system.client("brief-exchanger");
      String token = brief.clientCredentials().accessToken();

      Awaitility.await().pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> assertRefused(exchange(brief, token), "invalid_request"));
    }

    @Test
    void shouldNotLetTheExchangingClientRevokeWhatIsNotItsOwn() {
      String subject = signedIn("orders.read").accessToken();
      Answer exchanged = exchange(gateway, subject);

      assertThat(gateway.revoke(exchanged.accessToken()).error()).isEqualTo("unsupported_token_type");
      assertThat(exchange(gateway, subject).status()).isEqualTo(200);
    }

    @Test
    void shouldEndWithARevocationOfTheSubjectToken() {
      Answer signedIn = signedIn("orders.read");
      String exchanged = exchange(gateway, signedIn.accessToken()).accessToken();
      assertThat(gateway.introspect(exchanged).json().get("active").asBoolean()).isTrue();

      assertThat(planner.revoke(signedIn.accessToken()).status()).isEqualTo(200);

      assertThat(gateway.introspect(exchanged).json().get("active").asBoolean()).isFalse();

      assertRefused(exchange(gateway, signedIn.accessToken()), "invalid_request");
      assertRefused(exchange(gateway, exchanged), "invalid_request");
    }

    @Test
    void shouldBelongToTheAuthorizationOfTheSubjectToken() {
      Answer signedIn = signedIn("orders.read");

      assertThat(authorizationOf(verified(exchange(gateway, signedIn.accessToken()))))
          .isEqualTo(authorizationOf(verified(signedIn)));
    }

    @Test
    void shouldLeaveRefreshHandlesAsTheyWere() {
      Answer signedIn = signedIn("offline_access orders.read");
      exchange(gateway, signedIn.accessToken());
      Answer next = planner.refresh(signedIn.refreshToken());
      exchange(gateway, next.accessToken());

      assertThat(planner.refresh(signedIn.refreshToken()).refreshToken()).as("grace").isEqualTo(next.refreshToken());
      assertThat(planner.refresh(next.refreshToken()).status()).isEqualTo(200);
    }

    private String authorizationOf(JWTClaimsSet claims) {
      return claims.getJWTID().substring(0, claims.getJWTID().indexOf('.'));
    }
  }

  @Nested
  class Forgery {
    private final Answer signedIn = signedIn("openid orders.read");

    @Test
    void shouldNotTakeOneKindOfTokenForTheOther() {
      assertRefused(exchange(gateway, signedIn.text("id_token")), "invalid_request");
      assertRefused(exchange(gateway, signedIn.accessToken(), "subject_token_type", ID_TOKEN), "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({"urn:ietf:params:oauth:token-type:saml2", "urn:ietf:params:oauth:token-type:refresh_token", "jwt"})
    void shouldRefuseOtherTypes(String type) {
      assertRefused(exchange(gateway, signedIn.accessToken(), "subject_token_type", type), "invalid_request");
      assertRefused(exchange(gateway, signedIn.accessToken(), "requested_token_type", type), "invalid_request");
    }

    @Test
    void shouldRefuseAlgNoneAndAnAlgorithmThatIsNotTheKeys() throws Exception {
      String[] parts = signedIn.accessToken().split("\\.");
      JWK key = system.relyingParty().keys().getKeyByKeyId(RelyingParty.header(signedIn.accessToken()).getKeyID());
      SignedJWT hs256 = new SignedJWT(
          new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt")).keyID(key.getKeyID()).build(),
          system.relyingParty().verified(signedIn.accessToken()));
      hs256.sign(new MACSigner(key.toRSAKey().toRSAPublicKey().getEncoded()));

      assertRefused(exchange(gateway, encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + "."),
          "invalid_request");
      assertRefused(exchange(gateway, hs256.serialize()), "invalid_request");
      for (String algorithm : List.of("PS256", "RS512", "ES256")) {
        assertRefused(exchange(gateway, encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\""
            + key.getKeyID() + "\"}") + "." + parts[1] + "." + parts[2]), "invalid_request");
      }
    }

    @Test
    void shouldRefuseClaimsThatWereChanged() {
      String[] parts = signedIn.accessToken().split("\\.");
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
          .replace("orders.read", "orders.write");

      assertRefused(exchange(gateway, parts[0] + "." + encoded(claims) + "." + parts[2]), "invalid_request");
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooDeep() {
      String deep = "[".repeat(10_000) + "]".repeat(10_000);
      String[] parts = signedIn.accessToken().split("\\.");

      assertRefused(exchange(gateway, "a".repeat(32_769)), "invalid_request");
      assertRefused(exchange(gateway, "a".repeat(32_768)), "invalid_request");
      assertRefused(exchange(gateway, encoded("{\"alg\":\"RS256\",\"x\":" + deep + "}") + "." + parts[1] + ".a"),
          "invalid_request");
      assertRefused(exchange(gateway, parts[0] + "." + encoded("{\"x\":" + deep + "}") + "." + parts[2]),
          "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({"a", "a.b", "a.b.c", "a.b.c.d.e", "..", "eyJhbGciOiJSUzI1NiJ9.e30.AA"})
    void shouldRefuseWhatIsNoToken(String token) {
      assertRefused(exchange(gateway, token), "invalid_request");
    }

    @Test
    void shouldRefuseARefreshTokenAsSubject() {
      Answer answer = signedIn("offline_access orders.read");

      assertRefused(exchange(gateway, answer.refreshToken()), "invalid_request");
    }

    private static String encoded(String json) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
