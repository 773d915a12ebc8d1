package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.AuthorizationRevoked;
import dev.mintlog.schema.TokenIssued;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that goes on to another one for its user: {@code requested_token_use=on_behalf_of}. */
class OnBehalfOfTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String REDIRECT = "https://planner.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient planner = system.client("planner");
  private final TokenClient api = system.client("orders-backend");

  private Answer signedIn(String scope) {
    return signedIn("paula", scope);
  }

  private Answer signedIn(String subject, String scope) {
    Pkce pkce = Pkce.random();
    Answer code = system.loginApplication().create("planner", REDIRECT, pkce, "scope", scope, "subject", subject);
    return planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);
  }

  private static Answer onBehalf(TokenClient client, String assertion, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 4);
    all[more.length] = "assertion";
    all[more.length + 1] = assertion;
    all[more.length + 2] = "requested_token_use";
    all[more.length + 3] = "on_behalf_of";
    return client.token(GRANT, all);
  }

  private JWTClaimsSet verified(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return system.relyingParty().verified(answer.accessToken());
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
    assertThat(answer.text("error_description")).contains("expected");
  }

  @Test
  void shouldGiveTheApiATokenOfItsUserForAnotherApi() throws Exception {
    Answer answer = onBehalf(api, signedIn("orders.read").accessToken(), "scope", "plans.read");

    JWTClaimsSet claims = verified(answer);
    assertThat(claims.getSubject()).isEqualTo("paula");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("orders-backend");
    assertThat(claims.getAudience()).containsExactly("https://plans.example");
    assertThat(claims.getStringClaim("email")).as("what that API wants to know").isEqualTo("paula@example.org");
    assertThat(answer.text("scope")).isEqualTo("plans.read");
    assertThat(answer.has("refresh_token")).isFalse();
    assertThat(answer.has("id_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"/connect/token,billing.read", "/default/oauth2/v2.0/token,https://billing.example/.default",
      "/default/oauth2/v2.0/token,https://billing.example/billing.read openid profile offline_access"})
  void shouldTellApisByTheirNamesAtThePathsOfEntraId(String path, String scope) throws Exception {
    RawAnswer answer = RawConnection.exchange(system.edge(), RawRequest.token("grant_type", GRANT, "requested_token_use",
        "on_behalf_of", "assertion", signedIn("orders.read").accessToken(), "scope", scope).at(path)
        .basic(system.registry().client("orders-backend"))).isGranted();

    JWTClaimsSet claims = system.relyingParty().verified(answer.text("access_token"));
    assertThat(claims.getSubject()).isEqualTo("paula");
    assertThat(claims.getStringClaim("scope").split(" ")).contains("billing.read").doesNotContain("plans.read");
    assertThat(claims.getAudience()).containsExactly("https://billing.example");
    assertThat(answer.text("scope").split(" ")).contains(scope.split(" ")[0]);
  }

  @Test
  void shouldGiveRefreshAndIdTokenWhereTheyAreAskedForAndAllowed() {
    Answer answer = onBehalf(api, signedIn("orders.read").accessToken(),
        "scope", "billing.read openid profile offline_access", "client_info", "1");

    verified(answer);
    assertThat(answer.text("scope")).as("profile is not allowed").isEqualTo("billing.read offline_access openid");
    assertThat(answer.has("id_token")).isTrue();
    Answer next = api.refresh(answer.refreshToken());
    assertThat(verified(next).getSubject()).isEqualTo("paula");
  }

  @Test
  void shouldLeaveOutWhatClientsAlwaysAskForWhereItIsNotAllowed() {
    String mixed = signedIn("orders.read billing.read").accessToken();

    Answer answer = onBehalf(system.client("billing-backend"), mixed, "scope", "plans.read openid profile offline_access");

    assertThat(answer.text("scope")).isEqualTo("plans.read");
    assertThat(answer.has("refresh_token")).isFalse();
  }

  @Test
  void shouldTakeAReferenceToken() {
    Pkce pkce = Pkce.random();
    TokenClient opaque = system.client("opaque");
    String callback = "https://opaque.example/callback";
    Answer code = system.loginApplication().create("opaque", callback, pkce, "scope", "orders.read");
    String reference = opaque.redeem(code.text("code"), pkce.verifier(), callback).accessToken();

    verified(onBehalf(api, reference, "scope", "billing.read"));

    assertThat(opaque.revoke(reference).status()).isEqualTo(200);
    assertRefused(onBehalf(api, reference, "scope", "billing.read"), "invalid_grant");
  }

  @Test
  void shouldGoOnFromOneApiToTheNext() {
    String first = onBehalf(api, signedIn("orders.read").accessToken(), "scope", "billing.read").accessToken();

    Answer second = onBehalf(system.client("billing-backend"), first, "scope", "plans.read");

    assertThat(verified(second).getSubject()).isEqualTo("paula");
  }

  @Test
  void shouldRecordTheTokenBeforeItLeaves() {
    String jti = verified(onBehalf(api, signedIn("orders.read").accessToken(), "scope", "billing.read")).getJWTID();

    assertThat(new Log(system).events(TokenIssued.class)).filteredOn(event -> event.getJti().equals(jti))
        .singleElement().satisfies(event -> {
          assertThat(event.getGrantType()).isEqualTo(GRANT);
          assertThat(event.getSubject()).isEqualTo("paula");
        });
  }

  /** What a consumer of events joins by: the one's end is the other's, however often that one was refreshed. */
  @Test
  void shouldTellConsumersOfEventsWhatARevocationEnds() {
    Answer user = signedIn("orders.read");
    Answer answer = onBehalf(api, user.accessToken(), "scope", "offline_access billing.read");
    String further = verified(onBehalf(system.client("billing-backend"), answer.accessToken(), "scope", "plans.read"))
        .getJWTID();
    String refreshed = verified(api.refresh(answer.refreshToken())).getJWTID();
    assertThat(planner.revoke(user.accessToken()).status()).isEqualTo(200);

    String given = verified(user).getJWTID();
    Log log = new Log(system);
    String revoked = log.events(AuthorizationRevoked.class).stream()
        .map(event -> event.getHeader().getAuthorizationId()).filter(id -> given.startsWith(id + ".")).findFirst()
        .orElseThrow();
    assertThat(log.events(TokenIssued.class)).filteredOn(event -> revoked.equals(event.getOriginAuthorizationId()))
        .extracting(TokenIssued::getJti).containsExactlyInAnyOrder(verified(answer).getJWTID(), further, refreshed);
    assertThat(log.events(TokenIssued.class)).filteredOn(event -> event.getJti().equals(given)).singleElement()
        .satisfies(event -> assertThat(event.getOriginAuthorizationId()).isNull());
  }

  // Ends with the user's

  @Test
  void shouldEndWithTheAuthorizationOfTheUser() {
    Answer user = signedIn("orders.read");
    Answer answer = onBehalf(api, user.accessToken(), "scope", "openid offline_access billing.read");
    Answer further = onBehalf(system.client("billing-backend"), answer.accessToken(), "scope", "plans.read");
    assertThat(isActive(api, answer.accessToken())).isTrue();
    assertThat(isActive(system.client("billing-backend"), further.accessToken())).isTrue();

    assertThat(planner.revoke(user.accessToken()).status()).isEqualTo(200);

    assertRefused(onBehalf(api, user.accessToken(), "scope", "billing.read"), "invalid_grant");
    assertThat(isActive(api, answer.accessToken())).isFalse();
    assertThat(isActive(api, answer.refreshToken())).isFalse();
    assertThat(isActive(system.client("billing-backend"), further.accessToken())).isFalse();
    assertRefused(api.refresh(answer.refreshToken()), "invalid_grant");
    assertRefused(onBehalf(system.client("billing-backend"), answer.accessToken(), "scope", "plans.read"), "invalid_grant");
  }

  @Test
  void shouldEndNothingOfTheUsersByEndingItsOwn() {
    Answer user = signedIn("orders.read");
    Answer answer = onBehalf(api, user.accessToken(), "scope", "billing.read");

    assertThat(api.revoke(answer.accessToken()).status()).isEqualTo(200);

    assertThat(isActive(api, answer.accessToken())).isFalse();
    assertThat(isActive(planner, user.accessToken())).isTrue();
  }

  // Attacks

  @ParameterizedTest
  @ValueSource(strings = {"orders.read", "orders.write", "mintlog.login", "unknown"})
  void shouldRefuseAScopeBeyondTheClients(String scope) {
    String token = signedIn("orders.read orders.write").accessToken();

    assertRefused(onBehalf(api, token, "scope", scope), "invalid_scope");
    assertRefused(onBehalf(api, token, "scope", "billing.read " + scope), "invalid_scope");
  }

  @Test
  void shouldRefuseATokenForAnotherApi() {
    assertRefused(onBehalf(api, signedIn("billing.read").accessToken(), "scope", "plans.read"), "invalid_grant");
    assertRefused(onBehalf(system.client("federated"), signedIn("orders.read").accessToken(), "scope", "orders.read"),
        "invalid_grant");
    assertRefused(onBehalf(api, signedIn("openid").accessToken(), "scope", "plans.read"), "invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "own-exchanger", "service"})
  void shouldRefuseAClientThatIsNotRegisteredForIt(String client) {
    assertRefused(onBehalf(system.client(client), signedIn("orders.read billing.read").accessToken(),
        "scope", "billing.read"), "unauthorized_client");
  }

  @Test
  void shouldRefuseTheTokenOfNoUser() {
    assertRefused(onBehalf(api, system.client("service").clientCredentials("scope", "orders.read").accessToken(),
        "scope", "billing.read"), "invalid_grant");
    assertRefused(onBehalf(api, system.client("opaque").clientCredentials("scope", "orders.read").accessToken(),
        "scope", "billing.read"), "invalid_grant");
  }

  @Test
  void shouldRefuseATokenThatSomebodyElseMayActWith() {
    assertRefused(onBehalf(api, signedIn("paula-lets-act", "orders.read plans.read").accessToken(),
        "scope", "billing.read"), "invalid_grant");
  }

  @Test
  void shouldRefuseAnotherKindOfTokenAndAnotherTenants() {
    Answer user = signedIn("openid offline_access orders.read");
    for (String other : new String[] {user.text("id_token"), user.refreshToken(), "a", "a.b.c", "..",
        system.client("acme", "own-exchanger").clientCredentials("scope", "orders.read").accessToken(),
        user.accessToken().substring(0, user.accessToken().lastIndexOf('.') + 1)}) {
      assertRefused(onBehalf(api, other, "scope", "billing.read"), "invalid_grant");
    }
    assertRefused(api.token(GRANT, "requested_token_use", "on_behalf_of"), "invalid_request");
    assertRefused(api.token(GRANT, "requested_token_use", "anything", "assertion", user.accessToken()),
        "invalid_request");
  }

  @Test
  void shouldWantTheApiToAuthenticate() {
    RawRequest request = RawRequest.token("grant_type", GRANT, "requested_token_use", "on_behalf_of",
        "assertion", signedIn("orders.read").accessToken());

    RawConnection.exchange(system.edge(), request).isRefused(400, "invalid_client");
    RawConnection.exchange(system.edge(), request.and("client_id", "orders-backend")).isRefused(400, "invalid_client");
    RawConnection.exchange(system.edge(), request.basic("orders-backend", "wrong")).isRefused(401, "invalid_client");
  }

  @Test
  void shouldNotBeExchangedForAnother() {
    String token = onBehalf(api, signedIn("orders.read").accessToken(), "scope", "billing.read").accessToken();

    assertRefused(system.client("gateway").token("urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token", token, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        "invalid_request");
  }

  private static boolean isActive(TokenClient client, String token) {
    return client.introspect(token).json().get("active").asBoolean();
  }
}
