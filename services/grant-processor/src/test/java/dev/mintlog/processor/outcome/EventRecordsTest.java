package dev.mintlog.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.grant.Decider;
import dev.mintlog.grant.Decision;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.schema.TokenIssued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What consumers of events read of what a token rests on. */
class EventRecordsTest {
  private static final AuthorizationId ORIGIN = new AuthorizationId("default", "U".repeat(22));
  private static final Consent CONSENT = new Consent("app", "alice", Scopes.of("read"), Optional.empty(),
      Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  private static TokenRequest request(Optional<String> clientAssertionIssuer) {
    Instant now = Instant.now();
    Delivery delivery = new Delivery(new CommandId("C".repeat(22)), new LogPosition("topic", 0, 1), now, now,
        now.plusSeconds(9), 1, List.of(), Optional.empty(), clientAssertionIssuer);
    return new TokenRequest(delivery, "default", "app", new Grant.ClientCredentials(), Optional.empty());
  }

  private static TokenIssued record(TokenRequest request, Optional<Consent> consent) {
    Decision.Answered answered = (Decision.Answered) Decider.decide(
        Optional.empty(), request, CommandFixture.REGISTRATION, OptionalInt.empty());
    return (TokenIssued) EventRecords.of(
        new AuditEvent.TokenIssued(request, ((Answer.Granted) answered.answer()).terms(), consent));
  }

  @Test
  void shouldNameTheAuthorizationOfTheUserWhereOneWasGotOnTheirBehalf() {
    assertThat(record(request(Optional.empty()), Optional.of(CONSENT.onBehalf(ORIGIN))).getOriginAuthorizationId())
        .isEqualTo(ORIGIN.value());
    assertThat(record(request(Optional.empty()), Optional.of(CONSENT)).getOriginAuthorizationId()).isNull();
  }

  @Test
  void shouldNameWhoVouchedForTheUserAndWhoForTheClient() {
    TokenIssued both = record(
        request(Optional.of("https://platform.example")), Optional.of(CONSENT.vouchedForBy("https://idp.example")));
    assertThat(both.getAssertionIssuer()).isEqualTo("https://idp.example");
    assertThat(both.getClientAssertionIssuer()).isEqualTo("https://platform.example");

    TokenIssued neither = record(request(Optional.empty()), Optional.empty());
    assertThat(neither.getAssertionIssuer()).isNull();
    assertThat(neither.getClientAssertionIssuer()).isNull();
  }
}
