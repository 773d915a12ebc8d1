package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.ChildProcess;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.ProcessorThatStops;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.processor.GrantProcessor;
import dev.mintlog.schema.TokenIssued;
import dev.mintlog.system.SingleUseCredential.Redemption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A processor dies at each step of a command's life, another takes over, and the client never notices. */
class KilledProcessorTest {
  private static final List<String> STEPS =
      List.of("Load", "Commit", "Publish", "Confirm", "Reply", "Finish", ProcessorThatStops.OFFSETS);

  /** Before these something rests already that the next delivery must find. */
  private static final List<String> STEPS_AFTER_COMMIT = List.of("Publish", "Reply", ProcessorThatStops.OFFSETS);

  private static RunningSystem system;

  @BeforeAll
  static void start() {
    system = RunningSystem.withoutServices();
    system.startEdge();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  static Stream<Arguments> deaths() {
    return Stream.of(SingleUseCredential.values()).flatMap(credential ->
        (credential == SingleUseCredential.AUTHORIZATION_CODE ? STEPS : STEPS_AFTER_COMMIT).stream()
            .map(step -> Arguments.of(credential, step)));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void shouldAnswerTheClientAndRecordTheTokenOnce(SingleUseCredential credential, String step) throws Exception {
    // Given a credential, and a processor that will freeze when it is redeemed
    var first = system.startProcessor();
    Redemption redemption = credential.obtain(system);
    first.close();
    GrantProcessor second = null;
    try (ChildProcess doomed = ChildProcess.start(ProcessorThatStops.class, system.dir().resolve("doomed.log"),
        settings().toString(), step).untilItSays(ProcessorThatStops.SERVES)) {

      // When it is killed there, and another one is started
      CompletableFuture<Answer> answer = redemption.redeem();
      doomed.untilItSays(ProcessorThatStops.FROZEN);
      doomed.kill();
      second = system.startProcessor();

      // Then
      Answer tokens = TokenClient.join(answer);
      assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
      String jti = system.relyingParty().verified(tokens.accessToken()).getJWTID();
      List<TokenIssued> issued = new Log(system).events(TokenIssued.class).stream()
          .filter(event -> isOfTheSame(event, jti)).toList();
      assertThat(issued.stream().map(event -> event.getHeader().getEventId()).collect(Collectors.toSet()))
          .hasSize(credential.issuedBefore() + 1);
      assertThat(issued.stream().map(TokenIssued::getJti).collect(Collectors.toSet()))
          .hasSize(credential.issuedBefore() + 1).contains(jti);
      assertThat(comesAfter(redemption, tokens)).isEqualTo(tokens.has("refresh_token") ? "a refresh" : credential.refusal());
    } finally {
      if (second != null) {
        second.close();
      }
    }
  }

  // A token of a user's carries its authorization's id.
  private static boolean isOfTheSame(TokenIssued event, String jti) {
    String authorization = event.getHeader().getAuthorizationId();
    return authorization == null ? event.getJti().equals(jti) : jti.startsWith(authorization);
  }

  // The handle that was got is good, and a proof that was spent stays so.
  private static String comesAfter(Redemption redemption, Answer tokens) {
    Answer next = tokens.has("refresh_token")
        ? redemption.client().refresh(tokens.refreshToken()) : TokenClient.join(redemption.redeem());
    return next.status() == 200 ? "a refresh" : next.error();
  }

  private Path settings() throws IOException {
    String yaml = system.processorTexts().entrySet().stream()
        .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"")
        .collect(Collectors.joining("\n"));
    return Files.writeString(system.dir().resolve("processor.yaml"), yaml);
  }
}
