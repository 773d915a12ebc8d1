package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenIssued;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rich authorization requests, RFC 9396: what was granted in detail, from the login application to the API. */
class AuthorizationDetailsTest {
  private static final String REDIRECT = "https://payer.example/callback";
  private static final String BILLING = "https://billing.example";
  private static final String ORDERS = "https://orders.example";
  private static final Map<String, Object> PAYMENT = Map.of("type", "payment_initiation",
      "instructedAmount", Map.of("currency", "EUR", "amount", "123.50"), "creditorName", "Merchant A");

  private final RunningSystem system = RunningSystem.shared();
  private final Pkce pkce = Pkce.random();

  private Answer create(String client, Object details, String... more) {
    Map<String, Object> members = new HashMap<>(Map.of("scope", "offline_access orders.read billing.read"));
    members.putAll(TokenClient.fields(more));
    members.put("authorization_details", details);
    return system.loginApplication().create(client, REDIRECT, pkce, members);
  }

  private Answer tokens(String client, List<?> details, String... more) {
    Answer code = create(client, details, more);
    assertThat(code.status()).as(code.toString()).isEqualTo(200);
    return granted(system.client(client).redeem(code.text("code"), pkce.verifier(), REDIRECT));
  }

  private static Answer granted(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_authorization_details");
    assertThat(answer.text("error_description")).startsWith("expected").doesNotContain("Merchant");
  }

  private static void assertPayment(JsonNode details) {
    assertThat(details).hasSize(1);
    assertThat(details.get(0).get("type").asText()).isEqualTo("payment_initiation");
    assertThat(details.get(0).at("/instructedAmount/amount").asText()).isEqualTo("123.50");
  }

  @Test
  void shouldCarryThemIntoTheAnswerAndTheAccessToken() {
    Answer answer = tokens("payer", List.of(PAYMENT));

    assertPayment(answer.json().get("authorization_details"));
    assertThat(system.relyingParty().verified(answer.accessToken()).getClaim("authorization_details"))
        .isEqualTo(List.of(PAYMENT));
  }

  @Test
  void shouldKeepThemAtARefresh() {
    Answer refreshed = granted(system.client("payer").refresh(tokens("payer", List.of(PAYMENT)).refreshToken()));

    assertPayment(refreshed.json().get("authorization_details"));
  }

  @Test
  void shouldGiveThemToTheApiOfTheirTypeAlone() {
    Answer tokens = tokens("payer", List.of(PAYMENT));

    Answer forOrders = granted(system.client("payer").refresh(tokens.refreshToken(), "resource", ORDERS));
    Answer forBilling = granted(system.client("payer").refresh(forOrders.refreshToken(), "resource", BILLING));

    assertThat(forOrders.has("authorization_details")).isFalse();
    assertThat(system.relyingParty().verified(forOrders.accessToken()).getClaim("authorization_details")).isNull();
    assertPayment(forBilling.json().get("authorization_details"));
  }

  @Test
  void shouldShowThemAtIntrospectionToTheApiOfTheirTypeAlone() {
    for (String client : List.of("payer", "opaque-payer")) {
      Answer answer = tokens(client, List.of(PAYMENT), "scope", "orders.read billing.read");

      assertPayment(api("billing-api", BILLING).introspect(answer.accessToken()).json().get("authorization_details"));
      assertThat(api("orders-api", ORDERS).introspect(answer.accessToken()).json().get("authorization_details"))
          .isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatIsNotAsItsTypeSays() {
    Map<String, Object> unknownMember = new HashMap<>(PAYMENT);
    unknownMember.put("debtorName", "x");
    Map<String, Object> wrongKind = new HashMap<>(PAYMENT);
    wrongKind.put("urgent", "yes");

    assertRefused(create("payer", List.of(Map.of("type", "unknown"))));
    assertRefused(create("payer", List.of(Map.of("type", "payment_initiation", "creditorName", "Merchant A"))));
    assertRefused(create("payer", List.of(unknownMember)));
    assertRefused(create("payer", List.of(wrongKind)));
    assertRefused(create("payer", List.of(Map.of("creditorName", "Merchant A"))));
    assertRefused(create("payer", List.of("payment_initiation")));
    assertThat(create("payer", "payment_initiation").error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldRefuseATypeThatTheClientMayNotHave() {
    assertRefused(create("payer", List.of(Map.of("type", "account_information"))));
  }

  @Test
  void shouldRefuseATypeOfAnApiThatNoGrantedScopeBelongsTo() {
    assertRefused(create("payer", List.of(PAYMENT), "scope", "orders.read"));
  }

  @Test
  void shouldGiveAClientThatAsksForAPartNoMoreThanThat() {
    // Given two payments, one of which is asked for, its members in another order
    Map<String, Object> rent = Map.of("type", "payment_initiation",
        "instructedAmount", Map.of("currency", "EUR", "amount", "900.00"), "creditorName", "Landlord");
    Answer code = create("payer", List.of(rent, PAYMENT));
    String part = "[{\"creditorName\": \"Merchant A\", \"type\": \"payment_initiation\","
        + " \"instructedAmount\": {\"amount\": \"123.50\", \"currency\": \"EUR\"}}]";

    Answer redeemed = granted(redeem(code, "authorization_details", part));
    Answer refreshed = granted(system.client("payer").refresh(redeemed.refreshToken(), "authorization_details", part));
    Answer without = granted(system.client("payer").refresh(refreshed.refreshToken(), "authorization_details", "[]"));
    Answer whole = granted(system.client("payer").refresh(without.refreshToken()));

    for (Answer narrowed : List.of(redeemed, refreshed)) {
      assertPayment(narrowed.json().get("authorization_details"));
      assertThat(system.relyingParty().verified(narrowed.accessToken()).getClaim("authorization_details"))
          .isEqualTo(List.of(PAYMENT));
    }
    assertThat(without.has("authorization_details")).isFalse();
    assertThat(whole.json().get("authorization_details")).as("the authorization is as it was").hasSize(2);
  }

  @Test
  void shouldRefuseMoreThanWasGrantedAndLeaveCodeAndHandleAsTheyAre() {
    Answer code = create("payer", List.of(PAYMENT));
    String wider = "[{\"type\":\"payment_initiation\",\"creditorName\":\"Merchant A\","
        + "\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"123.51\"}}]";

    assertRefused(redeem(code, "authorization_details", wider));
    assertRefused(redeem(code, "authorization_details", "[{\"type\":\"unknown\"}]"));
    assertRefused(redeem(code, "authorization_details", "no JSON"));
    Answer tokens = granted(redeem(code));
    assertRefused(system.client("payer").refresh(tokens.refreshToken(), "authorization_details", wider));
    granted(system.client("payer").refresh(tokens.refreshToken()));
  }

  @Test
  void shouldRefuseThemWhereNoneCanHaveBeenGranted() {
    assertRefused(system.client("payer").clientCredentials("authorization_details", "[]"));
  }

  private Answer redeem(Answer code, String... more) {
    return system.client("payer").token("authorization_code", Stream.concat(Stream.of(
        "code", code.text("code"), "code_verifier", pkce.verifier(), "redirect_uri", REDIRECT),
        Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void shouldRecordTheirTypesAndNothingOfThem() {
    String jti = system.relyingParty().verified(tokens("payer", List.of(PAYMENT)).accessToken()).getJWTID();

    assertThat(new Log(system).events(TokenIssued.class)).filteredOn(event -> event.getJti().equals(jti))
        .singleElement()
        .satisfies(event -> assertThat(event.getAuthorizationDetailTypes()).containsExactly("payment_initiation"))
        .satisfies(event -> assertThat(event.toString()).doesNotContain("Merchant"));
  }

  @Test
  void shouldAdvertiseTheTypes() throws Exception {
    Answer metadata = TokenClient.get(
        java.net.URI.create(system.edge() + "/.well-known/oauth-authorization-server"));

    assertThat(metadata.json().get("authorization_details_types_supported")).extracting(JsonNode::asText)
        .containsExactly("account_information", "payment_initiation");
  }

  private TokenClient api(String secretOf, String name) {
    return TokenClient.confidential(system.edge(), new DemoClient(name, system.registry().client(secretOf).secret()));
  }
}
