package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Tenant;
import dev.mintlog.client.TenantPolicy;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9396: what was granted in detail goes to the API resource of its type, and to no other. */
class ConsentedDetailsTest {
  private static final String ORDERS = "https://orders.example.org";
  private static final AuthorizationDetail ORDER = new AuthorizationDetail("order", "{\"type\":\"order\"}");

  private static Registration registration(Set<String> allowed) {
    Tenant usual = Given.TENANT;
    Tenant tenant = new Tenant(usual.name(), usual.issuer(), usual.scopes(), usual.keys(), usual.userClaims(),
        TenantPolicy.DEFAULT, Map.of("order", ORDERS, "other", "https://other.example.org"));
    Client client = Given.client().withAccess(AccessPolicy.DEFAULT.withDetailTypes(allowed));
    return new Registration(tenant, client, Given.registration().revocations());
  }

  private static Play consent(AuthorizationDetail detail, String... scopes) {
    return Play.under(registration(Set.of("order", "other"))).then(delivery -> Given.createAuthorization(delivery,
        detailed(Given.consent(scopes), detail)));
  }

  private static Consent detailed(Consent consent, AuthorizationDetail... details) {
    return new Consent(consent.clientId(), consent.subject(), consent.scopes(), consent.authTime(), consent.acr(),
        consent.amr(), consent.nonce(), consent.claims(), List.of(), ClaimValues.NONE, Optional.empty(),
        consent.confirmation(), List.of(details));
  }

  @Test
  void shouldGrantThemWithTheTokensOfTheirApi() {
    Play play = consent(ORDER, "orders", "stock", "offline_access").then(Given::redeem);

    assertThat(play.granted().terms().details()).containsExactly(ORDER);
    assertThat(play.then(delivery -> Given.refresh(delivery, 1)).granted().terms().details()).containsExactly(ORDER);
  }

  /** RFC 9396 §6: of one token, not of the authorization. */
  @Test
  void shouldGrantThePartThatIsAskedFor() {
    AuthorizationDetail other = new AuthorizationDetail("order", "{\"id\":2,\"type\":\"order\"}");
    Play play = Play.under(registration(Set.of("order"))).then(delivery -> Given.createAuthorization(delivery,
        detailed(Given.consent("orders", "offline_access"), ORDER, other)));

    play.then(delivery -> Given.withDetails(Given.redeem(delivery), other));
    assertThat(play.granted().terms().details()).containsExactly(other);
    play.then(delivery -> Given.withDetails(Given.refresh(delivery, 1), ORDER));
    assertThat(play.granted().terms().details()).containsExactly(ORDER);
    play.then(delivery -> Given.withDetails(Given.refresh(delivery, 2)));
    assertThat(play.granted().terms().details()).isEmpty();
    play.then(delivery -> Given.refresh(delivery, 3));
    assertThat(play.granted().terms().details()).containsExactly(ORDER, other);
  }

  @Test
  void shouldRefuseOthersThanWereGrantedAndLeaveTheHandleAsItIs() {
    AuthorizationDetail wider = new AuthorizationDetail("order", "{\"all\":true,\"type\":\"order\"}");
    Play play = consent(ORDER, "orders", "offline_access");

    Play refused = play.then(delivery -> Given.withDetails(Given.redeem(delivery), ORDER, wider));
    assertThat(refused.denied().error()).isEqualTo(TokenError.INVALID_AUTHORIZATION_DETAILS);
    Play redeemed = refused.then(Given::redeem);
    assertThat(redeemed.granted().terms().details()).containsExactly(ORDER);
    Play again = redeemed.then(delivery -> Given.withDetails(Given.refresh(delivery, 1), wider));
    assertThat(again.denied().error()).isEqualTo(TokenError.INVALID_AUTHORIZATION_DETAILS);
    assertThat(again.then(delivery -> Given.refresh(delivery, 1)).granted().terms().details()).containsExactly(ORDER);
  }

  @Test
  void shouldNoLongerGrantWhatTheClientMayNoLongerHave() {
    Play play = consent(ORDER, "orders").nowUnder(registration(Set.of())).then(Given::redeem);

    assertThat(play.granted().terms().details()).isEmpty();
  }

  @Test
  void shouldRefuseATypeOfAnApiThatNoScopeBelongsTo() {
    assertThat(consent(ORDER, "stock").denied().error()).isEqualTo(TokenError.INVALID_AUTHORIZATION_DETAILS);
  }

  @Test
  void shouldRefuseATypeThatIsUnknownOrNotTheClients() {
    assertThat(consent(new AuthorizationDetail("unknown", "{}"), "orders").denied().error())
        .isEqualTo(TokenError.INVALID_AUTHORIZATION_DETAILS);
    assertThat(Play.under(registration(Set.of())).then(delivery -> Given.createAuthorization(delivery,
        detailed(Given.consent("orders"), ORDER))).denied().error()).isEqualTo(TokenError.INVALID_AUTHORIZATION_DETAILS);
  }

  @Test
  void shouldNotPrintThem() {
    assertThat(new AuthorizationDetail("order", "{\"iban\":\"DE89\"}").toString()).doesNotContain("DE89");
  }
}
