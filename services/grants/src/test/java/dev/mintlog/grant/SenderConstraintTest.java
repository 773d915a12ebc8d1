package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.client.Client;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Confirmation.Method;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9449 §5 and §10, RFC 8705 §3 and §4: who has the key, and who has not. */
class SenderConstraintTest {
  private static final Confirmation KEY = new Confirmation(Method.JKT, "k".repeat(43));
  private static final Confirmation OTHER_KEY = new Confirmation(Method.JKT, "o".repeat(43));
  private static final Confirmation CERTIFICATE = new Confirmation(Method.X5T_S256, "c".repeat(43));
  private static final Confirmation OTHER_CERTIFICATE = new Confirmation(Method.X5T_S256, "d".repeat(43));

  @Nested
  class ATokenOfAProvedKey {
    @Test
    void shouldBeBoundToIt() {
      assertThat(redeemedBy(Given.registration(), KEY).granted().terms().confirmation()).contains(KEY);
      assertThat(Play.under(Given.registration()).then(by(CERTIFICATE, Given::clientCredentials)).granted().terms()
          .confirmation()).contains(CERTIFICATE);
      assertThat(Play.withHandle().granted().terms().confirmation()).isEmpty();
    }
  }

  @Nested
  class ACodeBoundByDpopJkt {
    private final Play code = Play.under(Given.registration()).then(by(KEY, delivery ->
        Given.createAuthorization(delivery, Given.consent("openid", "offline_access", "orders"))));

    @Test
    void shouldBeRedeemedByItsKeyOnly() {
      assertThat(code.then(by(KEY, Given::redeem)).granted().terms().confirmation()).contains(KEY);
    }

    @Test
    void shouldSurviveWhoLacksTheKey() {
      // When
      code.then(by(OTHER_KEY, Given::redeem));

      // Then
      assertThat(code.denied().error()).isEqualTo(TokenError.INVALID_DPOP_PROOF);
      assertThat(code.changedNothing()).isTrue();
      assertThat(code.then(Given::redeem).denied().description()).contains("none");
      assertThat(code.then(by(CERTIFICATE, Given::redeem)).denied().error()).isEqualTo(TokenError.INVALID_DPOP_PROOF);
      assertThat(code.authorization().state()).isInstanceOf(CodeIssued.class);
      code.then(by(KEY, Given::redeem)).granted();
    }
  }

  @Nested
  class ThePublicClientsRefreshHandle {
    private final Registration registration = Given.registration(publicClient());

    @Test
    void shouldRotateForItsKeyOnly() {
      Play play = redeemedBy(registration, KEY);

      assertThat(play.then(by(OTHER_KEY, delivery -> Given.refresh(delivery, 1))).denied().error())
          .isEqualTo(TokenError.INVALID_DPOP_PROOF);
      assertThat(play.changedNothing()).isTrue();
      assertThat(play.then(by(KEY, delivery -> Given.refresh(delivery, 1))).granted().terms().confirmation())
          .contains(KEY);
      assertThat(play.then(by(OTHER_KEY, delivery -> Given.refresh(delivery, 2))).denied().error())
          .isEqualTo(TokenError.INVALID_DPOP_PROOF);
    }

    @Test
    void shouldRotateForItsCertificateOnly() {
      Play play = redeemedBy(registration, CERTIFICATE);

      assertThat(play.then(by(OTHER_CERTIFICATE, delivery -> Given.refresh(delivery, 1))).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
      play.then(by(CERTIFICATE, delivery -> Given.refresh(delivery, 1))).granted();
    }

    @Test
    void shouldNotBeRevokedByAThiefWhoLacksTheKey() {
      Play play = redeemedBy(registration, KEY).then(by(KEY, delivery -> Given.refresh(delivery, 1)));

      // When a superseded handle is presented after the grace window, which would be reuse
      play.after(Duration.ofHours(1)).then(by(OTHER_KEY, delivery -> Given.refresh(delivery, 1)));

      // Then
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_DPOP_PROOF);
      assertThat(play.authorization().state()).isInstanceOf(Active.class);
      play.then(by(KEY, delivery -> Given.refresh(delivery, 2))).granted();
    }

    @Test
    void shouldGiveTheSameSuccessorInItsGraceWindowToItsKeyOnly() {
      Play play = redeemedBy(registration, KEY).then(by(KEY, delivery -> Given.refresh(delivery, 1)));

      assertThat(play.then(by(OTHER_KEY, delivery -> Given.refresh(delivery, 1))).denied().error())
          .isEqualTo(TokenError.INVALID_DPOP_PROOF);
      assertThat(play.then(by(KEY, delivery -> Given.refresh(delivery, 1))).granted().terms().refresh()).contains(2);
    }
  }

  @Nested
  class AnyRefreshHandle {
    @Test
    void shouldLetAConfidentialClientChangeItsKey() {
      assertThat(redeemedBy(Given.registration(), KEY).then(by(OTHER_KEY, delivery -> Given.refresh(delivery, 1)))
          .granted().terms().confirmation()).contains(OTHER_KEY);
      redeemedBy(Given.registration(), CERTIFICATE)
          .then(by(OTHER_CERTIFICATE, delivery -> Given.refresh(delivery, 1))).granted();
    }

    @Test
    void shouldKeepTheKindOfProofItWasObtainedWith() {
      refusedAsInvalidRequest(redeemedBy(Given.registration(), KEY).then(delivery -> Given.refresh(delivery, 1)));
      refusedAsInvalidRequest(
          redeemedBy(Given.registration(), KEY).then(by(CERTIFICATE, delivery -> Given.refresh(delivery, 1))));
      refusedAsInvalidRequest(Play.withHandle().then(by(KEY, delivery -> Given.refresh(delivery, 1))));
    }

    private void refusedAsInvalidRequest(Play play) {
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
      assertThat(play.changedNothing()).isTrue();
    }
  }

  @Nested
  class ADeviceCode {
    @Test
    void shouldBeAnsweredAgainToItsKeyOnly() {
      Play play = Play.under(Given.registration(publicClient())).then(Given::createDevice)
          .then(delivery -> Given.approve(delivery, "alice"))
          .after(Duration.ofSeconds(10)).then(by(KEY, Given::poll));
      assertThat(play.granted().terms().confirmation()).contains(KEY);

      assertThat(play.then(by(OTHER_KEY, Given::poll)).denied().error()).isEqualTo(TokenError.INVALID_DPOP_PROOF);
      play.then(by(KEY, Given::poll)).granted();
      assertThat(play.after(Duration.ofHours(1)).then(by(OTHER_KEY, Given::poll)).denied().revoked()).isFalse();
    }
  }

  private static Play redeemedBy(Registration registration, Confirmation key) {
    return Play.under(registration)
        .then(delivery -> Given.createAuthorization(delivery, Given.consent("openid", "offline_access", "orders")))
        .then(by(key, Given::redeem));
  }

  private static <C> Function<Delivery, C> by(Confirmation key, Function<Delivery, C> command) {
    return delivery -> command.apply(delivery.withConfirmation(Optional.of(key)));
  }

  private static Client publicClient() {
    Client c = Given.client();
    return new Client(c.id(), c.enabled(), c.grantTypes(), c.allowedScopes(), c.redirectUris(), c.requirePkce(),
        c.tokens(), c.refresh(), c.device(), c.access(), c.ciba(), true);
  }
}
