package dev.mintlog.grant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.Client;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.grant.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** RFC 8693: never more than the subject token, and only as long as what it was born of. */
class TokenExchangeTest {
  private static final Instant EXPIRES_AT = Given.NOON.plus(Duration.ofMinutes(10));

  private static Registration exchanger(ExchangePolicy policy) {
    Client client = Given.withGrants(Given.client(), GrantType.TOKEN_EXCHANGE, GrantType.REFRESH_TOKEN);
    return Given.registration(client.withAccess(AccessPolicy.DEFAULT.withExchange(policy)));
  }

  private static Registration exchanger() {
    return exchanger(new ExchangePolicy(Set.of(), true, true));
  }

  private static SubjectToken token(Optional<AuthorizationId> authorization, String... actors) {
    return new SubjectToken(authorization, Given.APP, "alice", Optional.of(Scopes.of("orders", "openid")),
        List.of("https://orders.example.org"), Given.NOON, EXPIRES_AT, List.of(actors), Optional.empty());
  }

  private static TokenRequest exchange(Delivery delivery, SubjectToken token, String... actor) {
    return Given.request(delivery, new Grant.TokenExchange(token, List.of(actor).stream().findFirst()));
  }

  private static Play active() {
    return Play.withHandle().nowUnder(exchanger());
  }

  @Test
  void shouldGiveWithinScopesAudienceAndLifeOfTheSubjectToken() {
    Play play = active().after(Duration.ofMinutes(4))
        .then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));

    assertThat(play.granted().terms().subject()).isEqualTo("alice");
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders"));
    assertThat(play.granted().terms().audience()).containsExactly("https://orders.example.org");
    assertThat(play.granted().terms().accessTokenLifetime()).isEqualTo(Duration.ofMinutes(6));
    assertThat(play.granted().terms().jti()).startsWith(Given.ID.value() + ".");
    assertThat(play.eventNames()).containsExactly("TokenIssued");
  }

  @Test
  void shouldLiveForWholeSecondsWhenAskedForWithinOne() {
    Play play = active().after(Duration.ofMillis(1_500))
        .then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));

    assertThat(play.granted().terms().accessTokenLifetime()).isEqualTo(Duration.ofMinutes(10).minusSeconds(2));
  }

  @Test
  void shouldRefuseASubjectTokenInItsLastSecond() {
    Duration life = Duration.between(Given.NOON, EXPIRES_AT);
    Function<Delivery, TokenRequest> exchange = delivery -> exchange(delivery, token(Optional.empty()));

    assertThat(Play.under(exchanger()).after(life.minusSeconds(1)).then(exchange).granted().terms()
        .accessTokenLifetime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(Play.under(exchanger()).after(life.minusMillis(999)).then(exchange).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void shouldLeaveTheRotationAsItWas() {
    Play play = active();
    Active before = (Active) play.state();

    play.then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));

    assertThat(play.state()).isEqualTo(before);
    assertThat(play.change().grants()).isTrue();
  }

  @Test
  void shouldAnswerTheSameWhenDeliveredAgain() {
    Play play = active().then(delivery -> exchange(delivery, token(Optional.of(Given.ID)), "agent"));
    TokenRequest command = (TokenRequest) play.command();

    assertThat(play.granted()).isEqualTo(play.deliver(command).granted());
    assertThat(play.granted().terms().actors()).containsExactly("agent");
  }

  @Test
  void shouldRefuseWhatWasRevoked() {
    Play revoked = active().then(Given::revoke).then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));
    Play gone = Play.under(exchanger()).then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));

    assertThat(revoked.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(gone.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseWhatTheRegistryRevokedWithAndWithoutAuthorization() {
    Registration revoked = new Registration(Given.TENANT, exchanger().client(),
        (subject, client) -> Optional.of(Given.NOON.plusSeconds(1)));

    assertThat(Play.withHandle().nowUnder(revoked).then(delivery -> exchange(delivery, token(Optional.of(Given.ID))))
        .denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(Play.under(revoked).then(delivery -> exchange(delivery, token(Optional.empty()))).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseWhatAnIssuerVouchedForWhomTheClientIsNoLongerRegisteredFor() {
    String issuer = "https://idp.example";
    Client client = Given.withGrants(Given.client(), GrantType.TOKEN_EXCHANGE, GrantType.JWT_BEARER)
        .withAccess(exchanger().client().access());
    Play play = Play.under(Given.registration(client)).then(delivery -> Given.assertion(delivery, issuer));

    assertThat(play.nowUnder(Given.withdrawn(client, issuer))
        .then(delivery -> exchange(delivery, token(Optional.of(Given.ID)))).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(play.then(delivery -> exchange(delivery, token(Optional.of(Given.ID)))).granted()).isNotNull();
  }

  @Test
  void shouldNeedNoStateForATokenWithoutAuthorization() {
    Play play = Play.under(exchanger()).then(delivery -> exchange(delivery, token(Optional.empty())));

    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders"));
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldTakeNoStateOlderThanTheTokenForItsEnd() {
    Play play = Play.withCode("orders").nowUnder(exchanger())
        .then(delivery -> exchange(delivery, token(Optional.of(Given.ID))));

    assertThat(play.decision()).isInstanceOf(Decision.StateBehind.class);
  }

  @Test
  void shouldRefuseATokenOfAnotherSubjectThanTheAuthorizations() {
    SubjectToken other = new SubjectToken(Optional.of(Given.ID), Given.APP, "bob", Optional.of(Scopes.of("orders")),
        List.of(), Given.NOON, EXPIRES_AT, List.of(), Optional.empty());

    assertThat(active().then(delivery -> exchange(delivery, other)).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
  }

  /** It has no cnf of its own, and stands for all that was consented to. */
  @Test
  void shouldTakeAnIdTokenOfWhatIsBoundToAKeyFromWhoProvesTheKey() {
    Optional<Confirmation> key = Optional.of(new Confirmation(Confirmation.Method.JKT, "k".repeat(43)));
    SubjectToken idToken = new SubjectToken(Optional.of(Given.ID), Given.APP, "alice", Optional.empty(), List.of(),
        Given.NOON, EXPIRES_AT, List.of(), Optional.empty());
    Play bound = Play.withCode("openid", "orders", "offline_access")
        .then(delivery -> Given.redeem(delivery.withConfirmation(key))).nowUnder(exchanger());

    assertThat(bound.then(delivery -> exchange(delivery, idToken)).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(bound.then(delivery -> exchange(delivery.withConfirmation(key), idToken)).granted().terms().scopes())
        .isEqualTo(Scopes.of("orders"));
  }

  @Test
  void shouldChainEightActorsAndNoMore() {
    String[] seven = Collections.nCopies(7, "a").toArray(String[]::new);
    String[] eight = Collections.nCopies(8, "a").toArray(String[]::new);

    assertThat(active().then(delivery -> exchange(delivery, token(Optional.of(Given.ID), seven), "agent"))
        .granted().terms().actors()).hasSize(8).startsWith("agent");
    assertThat(active().then(delivery -> exchange(delivery, token(Optional.of(Given.ID), eight), "agent"))
        .denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseWhateverThePolicyDoesNotName() {
    Registration nothing = exchanger(ExchangePolicy.NONE);
    Registration noDelegation = exchanger(new ExchangePolicy(Set.of(), true, false));

    assertThat(Play.under(nothing).then(delivery -> exchange(delivery, token(Optional.empty()))).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(Play.under(nothing).then(delivery -> exchange(delivery, token(Optional.empty()), "agent")).denied()
        .error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(Play.under(noDelegation).then(delivery -> exchange(delivery, token(Optional.empty()), "agent"))
        .denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(Play.under(exchanger()).then(delivery ->
        Given.byOtherClient(exchange(delivery, token(Optional.empty())))).denied().error())
        .isEqualTo(TokenError.INVALID_REQUEST);
  }
}
