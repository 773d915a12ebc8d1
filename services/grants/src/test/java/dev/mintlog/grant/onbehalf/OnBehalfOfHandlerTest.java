package dev.mintlog.grant.onbehalf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Client;
import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an API may have on behalf of its user, and with what it ends. */
class OnBehalfOfHandlerTest {
  private static final String API = "https://orders.example.org";
  private static final Instant EXPIRES_AT = Given.NOON.plus(Duration.ofMinutes(10));

  private static Registration api(GrantType... grants) {
    Client client = Given.withGrants(Given.client(), grants);
    return Given.registration(client.withAccess(AccessPolicy.DEFAULT.withExchange(
        new ExchangePolicy(Set.of(), false, false, Set.of(API)))));
  }

  private static Registration api() {
    return api(GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN);
  }

  private static SubjectToken token(String subject, List<String> audience, List<String> actors, Optional<String> mayAct) {
    return new SubjectToken(Optional.empty(), "web", subject, Optional.empty(), audience, Given.NOON, EXPIRES_AT, actors,
        mayAct);
  }

  private static SubjectToken token() {
    return token("alice", List.of(API, "https://stock.example.org"), List.of(), Optional.empty());
  }

  private static TokenRequest onBehalf(Delivery delivery, SubjectToken token, String... scopes) {
    TokenRequest request = Given.request(delivery, new Grant.OnBehalfOf(Given.ID, Given.id(7), token,
        Optional.of(Given.NOON), Optional.of("acr"), List.of("pwd"), ClaimValues.NONE));
    return scopes.length == 0 ? request : Given.withScope(request, scopes);
  }

  private static TokenError refusal(SubjectToken token) {
    return Play.under(api()).then(delivery -> onBehalf(delivery, token, "stock")).denied().error();
  }

  @Test
  void shouldGiveTheUsersTokensOfAnAuthorizationThatEndsWithTheUsers() {
    Play play = Play.under(api()).then(delivery -> onBehalf(delivery, token(), "stock", "openid", "offline_access"));

    assertThat(play.granted().terms().subject()).isEqualTo("alice");
    assertThat(play.granted().terms().audience()).containsExactly("https://stock.example.org");
    assertThat(play.granted().terms().refresh()).contains(1);
    assertThat(play.granted().terms().idTokenLifetime()).isPresent();
    Active active = (Active) play.state();
    assertThat(active.consent().origin()).contains(Given.id(7));
    assertThat(active.consent().acr()).contains("acr");
  }

  @Test
  void shouldTellTheAuditWithWhatItEndsWheneverATokenIsIssued() {
    Play play = Play.under(api()).then(delivery -> onBehalf(delivery, token(), "stock", "offline_access"));
    List<AuditEvent> born = play.events();

    assertThat(origin(born)).contains(Given.id(7));
    assertThat(play.deliver(play.command()).events()).as("of a redelivery").isEqualTo(born);
    assertThat(origin(play.then(delivery -> Given.refresh(delivery, 1)).events())).contains(Given.id(7));
  }

  private static Optional<AuthorizationId> origin(List<AuditEvent> events) {
    return ((AuditEvent.TokenIssued) events.get(0)).consent().flatMap(Consent::origin);
  }

  @Test
  void shouldLeaveOutScopesOfUsersThatTheClientMayNotHaveAndRefuseThoseOfApis() {
    Registration narrow = Given.registration(Given.withScopes(api().client(), "stock").withAccess(api().client().access()));

    Play left = Play.under(narrow).then(delivery -> onBehalf(delivery, token(), "stock", "openid", "offline_access"));
    Play refused = Play.under(narrow).then(delivery -> onBehalf(delivery, token(), "stock", "orders"));
    Play unknown = Play.under(narrow).then(delivery -> onBehalf(delivery, token(), "stock", "unknown"));
    Play nothing = Play.under(narrow).then(delivery -> onBehalf(delivery, token(), "openid"));

    assertThat(left.granted().terms().scopes()).isEqualTo(Scopes.of("stock"));
    assertThat(refused.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    assertThat(unknown.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    assertThat(nothing.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
  }

  @Test
  void shouldRefuseATokenThatIsNotForTheClientToGoOnWith() {
    assertThat(refusal(token("alice", List.of("https://stock.example.org"), List.of(), Optional.empty())))
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(refusal(token("web", List.of(API), List.of(), Optional.empty()))).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(refusal(token("alice", List.of(API), List.of("agent"), Optional.empty())))
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(refusal(token("alice", List.of(API), List.of(), Optional.of("agent"))))
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(Play.under(api()).then(delivery -> onBehalf(
        delivery, token("alice", List.of(API), List.of(), Optional.of(Given.APP)), "stock")).granted()).isNotNull();
  }

  @Test
  void shouldRefuseATokenThatHasEndedWhenTheCommandIsDecided() {
    Registration revoked = new Registration(Given.TENANT, api().client(), (subject, client) ->
        client.equals("web") ? Optional.of(Given.NOON.plusSeconds(1)) : Optional.empty());

    assertThat(Play.under(revoked).then(delivery -> onBehalf(delivery, token(), "stock")).denied().error())
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(Play.under(api()).after(Duration.ofMinutes(10)).then(delivery -> onBehalf(delivery, token(), "stock"))
        .denied().error()).isEqualTo(TokenError.INVALID_GRANT);
  }

  @Test
  void shouldRefreshNothingOnceTheClientMayNotGoOnAnyMore() {
    Play play = Play.under(api()).then(delivery -> onBehalf(delivery, token(), "stock", "offline_access"));

    assertThat(play.then(delivery -> Given.refresh(delivery, 1)).granted()).isNotNull();
    assertThat(play.nowUnder(api(GrantType.REFRESH_TOKEN)).then(delivery -> Given.refresh(delivery, 2)).denied().error())
        .isEqualTo(TokenError.INVALID_GRANT);
  }
}
