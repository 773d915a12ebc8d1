package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Registration;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.command.Command;
import dev.mintlog.processor.command.AssignedPartition;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.processor.life.CommandRegistrations;
import dev.mintlog.processor.life.CommandRegistrations.Behind;
import dev.mintlog.processor.life.CommandRegistrations.Found;
import dev.mintlog.processor.life.CommandRegistrations.Registered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsableKeysTest {
  private final Command command = new CommandFixture(new AssignedPartition(0)).clientCredentials().command();
  private final Instant requestedAt = command.delivery().requestedAt();
  private final List<String> leaves = new ArrayList<>();
  private Found found;
  private final CommandRegistrations usable = new UsableKeys(asked -> found,
      kid -> Optional.of("expected signing key " + kid + " sealed under a key of ours")
          .filter(why -> kid.startsWith("foreign")), leaves::add);

  @Test
  void shouldLetCommandsBeginWhoseKeysCanBeUsed() {
    found = keys(key("ours", requestedAt.minusSeconds(60)));

    assertThat(usable.find(command)).isSameAs(found);
    assertThat(leaves).isEmpty();
  }

  @Test
  void shouldLeaveOnceBeforeACommandBeginsThatMightBeSignedWithAKeyOfOthers() {
    found = keys(key("ours", requestedAt.minusSeconds(60)), key("foreign-1", requestedAt));

    assertThat(usable.find(command)).isInstanceOf(Behind.class);
    assertThat(usable.find(command)).isInstanceOf(Behind.class);
    assertThat(leaves).singleElement().asString().contains("foreign-1").doesNotContain("\n");
  }

  @Test
  void shouldGoOnWhileAKeyOfOthersIsOnlyAnnounced() {
    found = keys(key("ours", requestedAt.minusSeconds(60)), key("foreign-1", requestedAt.plusMillis(1)));

    assertThat(usable.find(command)).isSameAs(found);
    assertThat(leaves).isEmpty();
  }

  @Test
  void shouldLeaveRefusalsAsTheyAre() {
    found = new CommandRegistrations.Refused(Answer.Denied.of(TokenError.INVALID_CLIENT, "expected a client"));

    assertThat(usable.find(command)).isSameAs(found);
  }

  private static SigningKeyRef key(String kid, Instant signFrom) {
    return new SigningKeyRef(kid, SigningAlgorithm.RS256, signFrom);
  }

  private static Registered keys(SigningKeyRef... keys) {
    Registration known = CommandFixture.REGISTRATION;
    return new Registered(
        new Registration(known.tenant().withKeys(List.of(keys)), known.client(), known.revocations()));
  }
}
