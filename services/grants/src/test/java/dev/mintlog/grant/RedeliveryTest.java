package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.client.Tenant;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.grant.Decision.AlreadyCommitted;
import dev.mintlog.grant.Decision.Answered;
import dev.mintlog.grant.Decision.Skipped;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Identity is the command id; order is topic id, partition and offset. */
class RedeliveryTest {

  @Test
  void shouldAnswerTheLastCommandTheSameAgain() {
    Play play = Play.withHandle();
    Answer first = play.answer();
    List<String> events = play.eventNames();
    play.after(Duration.ofDays(1)).deliver(play.command());
    assertThat(play.answer()).isEqualTo(first);
    assertThat(play.eventNames()).as("the first delivery may have died before the log took them").isEqualTo(events);
    assertThat(((Answered) play.decision()).change()).isInstanceOf(AlreadyCommitted.class);
    assertThat(((Active) play.state()).rotation().generation()).isEqualTo(1);
  }

  @Test
  void shouldRepeatEveryKindOfChange() {
    List<Play> plays = List.of(Play.withCode("orders"), Play.withDevice(), Play.withDevice().then(Given::poll),
        Play.withDevice().then(delivery -> Given.approve(delivery, "alice")), Play.withDevice().then(Given::refuse),
        Play.withHandle().then(Given::revoke), Play.withHandle().then(Given::redeem),
        Play.under(Given.registration(Given.withGrants(Given.client(), Given.TICKET))).then(Given::ticket),
        Play.under(Given.registration()).then(Given::password),
        Play.withCode("orders").then(delivery -> Given.redeemWith(delivery, Given.OTHER_CHALLENGE)));
    for (Play play : plays) {
      Answer first = play.answer();
      List<String> events = play.eventNames();
      play.deliver(play.command());
      assertThat(play.answer()).isEqualTo(first);
      assertThat(play.eventNames()).isEqualTo(events);
      assertThat(((Answered) play.decision()).change()).isInstanceOf(AlreadyCommitted.class);
    }
  }

  /** Same claims, jti, kid and handles, though client and keys have changed meanwhile. */
  @Test
  void shouldNotJudgeTheSameCommandUnderANewRegistration() {
    Play play = Play.withHandle();
    Answer first = play.answer();
    Client changed = Given.disabled(Given.withTokens(Given.client(), new Client.TokenPolicy(SigningAlgorithm.ES256,
        Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1))));
    Tenant otherKeys = new Tenant("default", Given.ISSUER, Given.TENANT.scopes(),
        List.of(new SigningKeyRef("es-2", SigningAlgorithm.ES256, Given.NOON)));
    Play later = play.nowUnder(new Registration(otherKeys, changed, Revocations.NONE)).deliver(play.command());
    assertThat(later.answer()).isEqualTo(first);
  }

  @Test
  void shouldBeTheSameCommandWhereverItWasAppended() {
    Play play = Play.withHandle();
    TokenRequest redeem = (TokenRequest) play.command();
    LogPosition elsewhere = new LogPosition("another-topic-id", 7, 99);
    play.deliver(Given.redeem(Given.at(redeem.delivery(), elsewhere)));
    assertThat(play.answer()).isInstanceOf(Answer.Granted.class);
    assertThat(((Answered) play.decision()).change()).isInstanceOf(AlreadyCommitted.class);
  }

  @Test
  void shouldSkipWhatWasAppliedBeforeTheLastCommand() {
    Play play = Play.withHandle();
    Command redeem = play.command();
    play.then(delivery -> Given.refresh(delivery, 1));
    Command firstRefresh = play.command();
    play.then(delivery -> Given.refresh(delivery, 2)).deliver(redeem);
    assertThat(play.decision()).as("no second presentation of the code").isInstanceOf(Skipped.class);
    assertThat(play.deliver(firstRefresh).decision()).as("no reuse").isInstanceOf(Skipped.class);
    assertThat(((Active) play.state()).rotation().generation()).isEqualTo(3);
  }

  /** A topic that was created anew starts its offsets again. */
  @Test
  void shouldCompareNoPositionsOfAnotherTopicOrPartition() {
    for (LogPosition elsewhere : List.of(new LogPosition("another-topic-id", 0, 0), new LogPosition(Given.TOPIC, 1, 0))) {
      Play play = Play.withHandle();
      play.deliver(Given.refresh(Given.at(Given.delivery(50, play.now()), elsewhere), 1));
      assertThat(play.granted().terms().refresh()).contains(2);
    }
  }

  @Test
  void shouldDenyAgainWhatWasDeniedWithoutChange() {
    Play play = Play.withHandle().then(delivery -> Given.byOtherClient(Given.refresh(delivery, 1)));
    Answer first = play.answer();
    assertThat(play.deliver(play.command()).answer()).isEqualTo(first);
  }
}
