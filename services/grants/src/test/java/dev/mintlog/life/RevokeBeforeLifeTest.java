package dev.mintlog.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.RevokeBefore;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command that ends all of a subject or a client. */
class RevokeBeforeLifeTest {
  private static final Instant LONG_AFTER = Given.NOON.plusSeconds(3_600);

  private final RevokeBefore command = new RevokeBefore(Given.delivery(1, Given.NOON), Given.TENANT.name(), Given.APP,
      Optional.of("alice"), Optional.empty());

  @Test
  void shouldRegisterRecordAndAnswerInThisOrderAtAnyAge() {
    CommandLife life = new CommandLife(command, Given.registration());

    assertThat(life.begin(LONG_AFTER)).isEqualTo(new Step.Register(command));
    Step.Publish publish = (Step.Publish) life.registered();
    assertThat(publish.events()).containsExactly(new AuditEvent.AuthorizationsRevoked(command));
    assertThat(publish.changelog()).isEmpty();
    assertThat(publish.answer()).isEqualTo(new Answer.Done());
    assertThat(life.published(LONG_AFTER)).isEqualTo(new Step.Reply(new Answer.Done()));
    assertThat(life.replied(LONG_AFTER)).isEqualTo(new Step.Finish());
  }

  @Test
  void shouldEndWhatWasBornBeforeTheCommand() {
    assertThat(command.before()).isEqualTo(Given.NOON);
    assertThat(new AuditEvent.AuthorizationsRevoked(command).eventId())
        .isEqualTo(command.delivery().commandId().value() + ".AuthorizationsRevoked");
  }

  @Test
  void shouldNotHearAnApplicationThatWasDisabled() {
    Registration disabled = Given.registration(Given.disabled(Given.client()));

    Step.Publish publish = (Step.Publish) new CommandLife(command, disabled).begin(Given.NOON);

    assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.INVALID_CLIENT);
    assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
  }

  @Test
  void shouldNotEndEverythingOfEverybody() {
    assertThatThrownBy(() -> new RevokeBefore(command.delivery(), command.tenant(), Given.APP, Optional.empty(),
        Optional.empty())).isInstanceOf(IllegalArgumentException.class);
  }
}
