package dev.mintlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.GrantType;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every change of state has its event. */
class AuditEventsTest {

  @Test
  void shouldSayWhatWasIssuedOnWhichTerms() {
    Play play = Play.withHandle();
    assertThat(play.events()).containsExactly(
        new AuditEvent.TokenIssued(play.command(), play.granted().terms(), play.state().consentGiven()));
    Play clients = Play.under(Given.registration()).then(Given::clientCredentials);
    assertThat(clients.events()).containsExactly(
        new AuditEvent.TokenIssued(clients.command(), clients.granted().terms(), Optional.empty()));
  }

  @Test
  void shouldSayWhatAnAuthorizationRestsOnWhateverWasIssuedOfIt() {
    Play play = Play.under(Given.registration(Given.withGrants(
        Given.client(), GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN)));
    play.then(delivery -> Given.assertion(delivery, "https://idp.example"));
    List<AuditEvent> born = play.events();
    assertThat(consent(born).assertionIssuer()).contains("https://idp.example");

    assertThat(play.deliver(play.command()).events()).as("of a redelivery").isEqualTo(born);
    assertThat(consent(play.then(delivery -> Given.refresh(delivery, 1)).events()).assertionIssuer())
        .contains("https://idp.example");
  }

  private static Consent consent(List<AuditEvent> events) {
    return ((AuditEvent.TokenIssued) events.get(0)).consent().orElseThrow();
  }

  @Test
  void shouldSayWhatWasDeniedAndToWhichGrant() {
    Play play = Play.under(Given.registration()).then(Given::redeem);
    AuditEvent.TokenDenied denied = (AuditEvent.TokenDenied) play.events().get(0);
    assertThat(denied.error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(denied.grantType()).contains(GrantType.AUTHORIZATION_CODE);
    Play login = Play.withCode("orders").then(delivery -> Given.createAuthorization(delivery, Given.consent("orders")));
    assertThat(((AuditEvent.TokenDenied) login.events().get(0)).grantType()).isEmpty();
  }

  @Test
  void shouldSayWhoseAuthorizationEndedAndWhy() {
    Play play = Play.withHandle().then(Given::revoke);
    assertThat(play.events()).containsExactly(new AuditEvent.AuthorizationRevoked(
        play.command(), Given.ID, Optional.of("alice"), RevocationReason.REQUESTED));
    Play nobodys = Play.withDevice().then(Given::revoke);
    assertThat(((AuditEvent.AuthorizationRevoked) nobodys.events().get(0)).subject()).isEmpty();
  }

  /** Consumers deduplicate by it. */
  @Test
  void shouldNameEventsByCommandAndKind() {
    Play play = Play.withCode("orders").then(delivery -> Given.redeemWith(delivery, Given.OTHER_CHALLENGE));
    String command = play.command().delivery().commandId().value();
    assertThat(play.events()).extracting(AuditEvent::eventId)
        .containsExactly(command + ".TokenDenied", command + ".AuthorizationRevoked");
  }

  @Test
  void shouldLeaveAnEventForEveryChangeButThePollClocks() {
    List<Play> changes = List.of(Play.withCode("orders"), Play.withDevice(), Play.withHandle(),
        Play.withHandle().then(delivery -> Given.refresh(delivery, 1)),
        Play.withHandle().then(delivery -> Given.refresh(delivery, 1)).then(delivery -> Given.refresh(delivery, 1)),
        Play.withHandle().then(Given::redeem), Play.withHandle().then(Given::revoke),
        Play.withDevice().then(delivery -> Given.approve(delivery, "alice")), Play.withDevice().then(Given::refuse),
        Play.withDevice().then(delivery -> Given.approve(delivery, "alice")).then(Given::poll));
    for (Play play : changes) {
      assertThat(play.change().recorded()).isTrue();
      assertThat(play.events()).isNotEmpty();
    }
    assertThat(Play.withDevice().then(Given::poll).events()).isEmpty();
  }
}
