package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.BackchannelAuthenticationApproved;
import dev.mintlog.schema.BackchannelAuthenticationCreated;
import dev.mintlog.schema.TokenIssued;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Client-Initiated Backchannel Authentication Core, poll mode. */
class CibaGrantTest {
  private static final String SUBJECT = "s-ada";
  private static final Map<String, ?> APPROVAL =
      Map.of("subject", SUBJECT, "amr", List.of("hwk"), "acr", "urn:mintlog:acr:phone", "auth_time", 1_700_000_000);

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient bank = system.client("bank");
  private final LoginApplication login = system.loginApplication();

  @Test
  void shouldGetTokensForAUserWhoApprovesElsewhere() throws ParseException {
    // Given
    Answer asked = ask("login_hint", "ada", "scope", "openid offline_access orders.read");
    assertThat(asked.json().get("expires_in").asInt()).isEqualTo(300);
    assertThat(asked.json().get("interval").asInt()).isEqualTo(1);
    assertThat(poll(asked).error()).isEqualTo("authorization_pending");

    // When
    Answer approval = login.approveBackchannel(id(asked), APPROVAL);
    Answer tokens = poll(asked);

    // Then
    assertThat(approval.status()).as(approval.toString()).isEqualTo(200);
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    JWTClaimsSet access = system.relyingParty().verified(tokens.accessToken());
    assertThat(access.getSubject()).isEqualTo(SUBJECT);
    assertThat(access.getStringClaim("client_id")).isEqualTo("bank");
    JWTClaimsSet idToken = system.relyingParty().verified(tokens.text("id_token"));
    assertThat(idToken.getAudience()).containsExactly("bank");
    assertThat(idToken.getStringClaim("acr")).isEqualTo("urn:mintlog:acr:phone");
    assertThat(idToken.getLongClaim("auth_time")).isEqualTo(1_700_000_000);
    assertThat(bank.refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldRecordWhatWasAskedDecidedAndIssued() {
    Answer asked = ask("login_hint", "ada");
    String id = id(asked);
    login.approveBackchannel(id, APPROVAL);
    assertThat(poll(asked).status()).isEqualTo(200);

    Log log = new Log(system);
    assertThat(BackchannelRequests.of(system, SUBJECT)).filteredOn(event -> isOf(id, event)).singleElement()
        .satisfies(event -> assertThat(event.getHeader().getClientId()).isEqualTo("bank"));
    assertThat(log.events(BackchannelAuthenticationApproved.class))
        .filteredOn(event -> id.equals(event.getHeader().getAuthorizationId())).singleElement()
        .satisfies(event -> assertThat(event.getSubject()).isEqualTo(SUBJECT));
    assertThat(log.events(TokenIssued.class))
        .filteredOn(event -> id.equals(event.getHeader().getAuthorizationId())).hasSize(1);
  }

  @Test
  void shouldShowTheUserWhoAsksForWhat() {
    Answer asked = ask("login_hint", "ada", "scope", "openid orders.read", "binding_message", "W4SCT für 23 €",
        "acr_values", "urn:mfa urn:pwd");

    Answer shown = login.lookAtBackchannel(id(asked));

    assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
    assertThat(shown.text("client_id")).isEqualTo("bank");
    assertThat(shown.text("client_name")).isEqualTo("The Bank");
    assertThat(shown.text("status")).isEqualTo("pending");
    assertThat(shown.text("subject")).isEqualTo(SUBJECT);
    assertThat(shown.text("scope")).isEqualTo("openid orders.read");
    assertThat(shown.text("binding_message")).isEqualTo("W4SCT für 23 €");
    assertThat(shown.text("acr_values")).isEqualTo("urn:mfa urn:pwd");
    assertThat(shown.json().get("expires_in").asInt()).isBetween(1, 300);
  }

  @Test
  void shouldKnowNothingOfWhatIsNoRequest() {
    Answer device = system.publicClient("tv").device();

    assertThat(login.lookAtBackchannel("A".repeat(22)).status()).isEqualTo(404);
    assertThat(login.lookAtBackchannel("no-id").status()).isEqualTo(404);
    assertThat(login.lookAtBackchannel(device.text("user_code")).status()).isEqualTo(404);
    assertThat(login.refuseBackchannel("A".repeat(22)).status()).isEqualTo(404);
  }

  @Test
  void shouldAskForTheUserOfAnIdTokenOfTheClient() {
    Answer first = ask("login_hint", "ada");
    login.approveBackchannel(id(first), APPROVAL);
    String idToken = poll(first).text("id_token");

    Answer asked = ask("id_token_hint", idToken);

    assertThat(login.lookAtBackchannel(id(asked)).text("subject")).isEqualTo(SUBJECT);
  }

  @Test
  void shouldRefuseAnIdTokenHintOfAnotherClientAndWhatIsNoIdToken() {
    Answer first = ask("login_hint", "ada");
    login.approveBackchannel(id(first), APPROVAL);
    Answer tokens = poll(first);

    assertThat(system.client("slow-bank").backchannel("scope", "openid", "id_token_hint", tokens.text("id_token"))
        .error()).isEqualTo("invalid_request");
    assertThat(send("id_token_hint", tokens.accessToken()).error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldWantExactlyOneHint() {
    assertThat(send().error()).isEqualTo("invalid_request");
    assertThat(send("login_hint", "ada", "id_token_hint", "x").error()).isEqualTo("invalid_request");
    assertThat(send("login_hint", "ada", "login_hint_token", "x").error()).isEqualTo("invalid_request");
    assertThat(send("login_hint_token", "x").text("error_description")).contains("login_hint_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "cora", "s-cora"})
  void shouldSayThatAUserIsUnknownOrDisabledAlike(String hint) {
    Answer refused = send("login_hint", hint);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("unknown_user_id");
    assertThat(refused.text("error_description")).doesNotContain(hint)
        .isEqualTo(send("login_hint", "somebody-else").text("error_description"));
  }

  @Test
  void shouldWantTheOpenidScope() {
    assertThat(bank.backchannel("login_hint", "ada").error()).isEqualTo("invalid_request");
    assertThat(bank.backchannel("login_hint", "ada", "scope", "orders.read").error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldRefuseAScopeThatTheClientMayNotHave() {
    assertThat(bank.backchannel("login_hint", "ada", "scope", "openid billing.read").error())
        .isEqualTo("invalid_scope");
  }

  @Test
  void shouldRefuseABindingMessageThatPeopleCannotCompare() {
    assertThat(send("login_hint", "ada", "binding_message", "x".repeat(101)).error())
        .isEqualTo("invalid_binding_message");
    assertThat(send("login_hint", "ada", "binding_message", "23\u202E€").error()).isEqualTo("invalid_binding_message");
    assertThat(send("login_hint", "ada", "binding_message", "x".repeat(100)).status()).isEqualTo(200);
  }

  @Test
  void shouldWantTheUserCodeOfAUserWhoHasOne() {
    String code = system.registry().secrets().get("ben-argon2");

    assertThat(send("login_hint", "ben").error()).isEqualTo("missing_user_code");
    assertThat(send("login_hint", "ben", "user_code", code + "x").error()).isEqualTo("invalid_user_code");
    assertThat(send("login_hint", "ben", "user_code", code).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseAnExpiryItWillNotWaitFor() {
    for (String expiry : List.of("0", "301", "soon", "-1")) {
      assertThat(send("login_hint", "ada", "requested_expiry", expiry).error()).as(expiry).isEqualTo("invalid_request");
    }
  }

  @Test
  void shouldSayThatARequestHasExpired() {
    Answer asked = ask("login_hint", "ada", "requested_expiry", "1");
    assertThat(asked.json().get("expires_in").asInt()).isEqualTo(1);

    Awaitility.await().pollInterval(Duration.ofMillis(300)).untilAsserted(
        () -> assertThat(poll(asked).error()).isEqualTo("expired_token"));
    assertThat(login.approveBackchannel(id(asked), APPROVAL).status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseASignedRequestOfAClientThatIsNotRegisteredForIt() {
    Answer refused = bank.backchannel("request", "e30.e30.e30");

    assertThat(refused.error()).isEqualTo("invalid_request");
    assertThat(refused.text("error_description")).contains("not registered for signed requests");
  }

  @Test
  void shouldRefuseAClientThatIsNotRegisteredForTheGrant() {
    for (String hint : List.of("ada", "nobody")) {
      assertThat(system.client("web").backchannel("scope", "openid", "login_hint", hint).error())
          .isEqualTo("unauthorized_client");
    }
  }

  @Test
  void shouldAnswer401ToAClientThatDoesNotProveItself() {
    TokenClient inBody = new TokenClient(system.edge(), "bank", Optional.empty());

    assertThat(inBody.backchannel("scope", "openid", "login_hint", "ada", "client_secret", "wrong").status())
        .isEqualTo(401);
    assertThat(new TokenClient(system.edge(), "bank", Optional.of("wrong"))
        .backchannel("scope", "openid", "login_hint", "ada").error()).isEqualTo("invalid_client");
  }

  /** OpenID CIBA Core §7.1: the endpoint's own URL is an audience. */
  @Test
  void shouldTakeAClientAssertionOnce() {
    TokenClient signed = new TokenClient(system.edge(), "signed-bank", Optional.empty());
    String assertion = WrittenAssertion.of("signed-bank", system.publicUrl() + "/connect/ciba", Instant.now())
        .signed(system.registry().assertionKeys().ec(), "ES256");
    String[] request = {"scope", "openid", "login_hint", "ada", "client_assertion", assertion,
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"};

    Answer first = signed.backchannel(request);
    Answer replayed = signed.backchannel(request);

    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(replayed.status()).as(replayed.toString()).isEqualTo(401);
    assertThat(replayed.error()).isEqualTo("invalid_client");
  }

  @Test
  void shouldSlowDownAClientThatPollsTooFast() {
    TokenClient slow = system.client("slow-bank");
    String authReqId = slow.backchannel("scope", "openid", "login_hint", "ada").text("auth_req_id");

    assertThat(slow.pollBackchannel(authReqId).error()).isEqualTo("authorization_pending");
    assertThat(slow.pollBackchannel(authReqId).error()).isEqualTo("slow_down");
  }

  @Test
  void shouldDenyWhereTheUserRefused() {
    Answer asked = ask("login_hint", "ada");

    assertThat(login.refuseBackchannel(id(asked)).status()).isEqualTo(200);
    assertThat(poll(asked).error()).isEqualTo("access_denied");
    assertThat(poll(asked).error()).as("again").isEqualTo("access_denied");
  }

  @Test
  void shouldRevokeTheTokensOfAnAuthReqIdThatIsPresentedAfterTheGraceWindow() {
    TokenClient hasty = system.client("hasty-bank");
    Answer asked = hasty.backchannel("scope", "openid offline_access orders.read", "login_hint", "ada");
    login.approveBackchannel(id(asked), APPROVAL);
    Answer tokens = hasty.pollBackchannel(asked.text("auth_req_id"));
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);

    assertThat(hasty.pollBackchannel(asked.text("auth_req_id")).error()).isEqualTo("invalid_grant");

    assertThat(hasty.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldSetADecisionOnce() {
    Answer asked = ask("login_hint", "ada");

    assertThat(login.approveBackchannel(id(asked), APPROVAL).status()).isEqualTo(200);
    assertThat(login.approveBackchannel(id(asked), APPROVAL).status()).as("the same again").isEqualTo(200);
    assertThat(login.refuseBackchannel(id(asked)).status()).as("the opposite").isEqualTo(409);
  }

  @Test
  void shouldNotLetAnybodyApproveForTheUserWhoWasAsked() {
    Answer asked = ask("login_hint", "ada");

    assertThat(login.approveBackchannel(id(asked), Map.of("subject", "s-ben")).status()).isEqualTo(400);
    assertThat(poll(asked).error()).isEqualTo("authorization_pending");
  }

  @Test
  void shouldGiveTheSameTokensToAPollThatIsRepeated() {
    Answer asked = ask("login_hint", "ada", "scope", "openid offline_access orders.read");
    login.approveBackchannel(id(asked), APPROVAL);

    Answer first = poll(asked);
    Answer again = poll(asked);

    assertThat(again.status()).as(again.toString()).isEqualTo(200);
    assertThat(again.refreshToken()).isEqualTo(first.refreshToken());
  }

  @Test
  void shouldRefuseAnotherClientsAuthReqId() {
    Answer asked = ask("login_hint", "ada");
    login.approveBackchannel(id(asked), APPROVAL);

    assertThat(system.client("slow-bank").pollBackchannel(asked.text("auth_req_id")).error())
        .isEqualTo("invalid_grant");
    assertThat(poll(asked).status()).isEqualTo(200);
  }

  @Test
  void shouldNotTakeAnAuthReqIdForADeviceCodeNorTheOtherWayRound() {
    Answer asked = ask("login_hint", "ada");
    Answer device = system.publicClient("tv").device();

    assertThat(system.publicClient("tv").poll(asked.text("auth_req_id")).error()).isEqualTo("invalid_grant");
    assertThat(bank.pollBackchannel(device.text("device_code")).error()).isEqualTo("invalid_grant");
  }

  /** A request that must be taken. */
  private Answer ask(String... more) {
    Answer asked = send(more);
    assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
    return asked;
  }

  private Answer send(String... more) {
    Map<String, String> fields = TokenClient.fields("scope", "openid");
    fields.putAll(TokenClient.fields(more));
    return bank.backchannel(
        fields.entrySet().stream().flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
            .toArray(String[]::new));
  }

  private Answer poll(Answer asked) {
    return bank.pollBackchannel(asked.text("auth_req_id"));
  }

  private String id(Answer asked) {
    return BackchannelRequests.id(system, asked);
  }

  private static boolean isOf(String id, BackchannelAuthenticationCreated event) {
    return id.equals(event.getHeader().getAuthorizationId());
  }
}
