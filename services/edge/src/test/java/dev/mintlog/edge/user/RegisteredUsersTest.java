package dev.mintlog.edge.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.secret.ClientSecretHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredUsersTest {
  private static final RegistrySnapshot REGISTRY = TestRegistry.snapshot();

  private final SlowVerifications slow = new SlowVerifications(1, 4);
  private final ClientSecretHash decoy = RegisteredUsers.decoy(new SecureRandom());
  private final List<ClientSecretHash> compared = Collections.synchronizedList(new ArrayList<>());
  private final RegisteredUsers users = new RegisteredUsers(slow, decoy, (hash, password) -> {
    compared.add(hash);
    return hash.verify(password);
  });

  @AfterEach
  void stop() {
    slow.close();
  }

  private static PasswordAttempt attempt(String client, String username, String password) {
    return new PasswordAttempt(REGISTRY, TestRegistry.TENANT, client, username, password);
  }

  private PasswordVerdict verdict(String username, String password) throws Exception {
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();
    users.verify(attempt("till", username, password), verdict::complete);
    return verdict.get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldKnowTheUserByItsPassword() throws Exception {
    assertThat(verdict("alice", TestRegistry.PASSWORD)).isEqualTo(new Verified("sub-alice", "local"));
    assertThat(verdict("alice", "wrong")).isEqualTo(new NoMatch());
    assertThat(verdict("alice", "")).isEqualTo(new NoMatch());
    assertThat(verdict("Alice", TestRegistry.PASSWORD)).as("compared exactly").isEqualTo(new NoMatch());
  }

  /** Not the time is asserted, but what takes it: one comparison with Argon2id, whoever is named. */
  @ParameterizedTest
  @ValueSource(strings = {"nobody", "bob", "carol", ""})
  void shouldCompareADecoyWhereNobodyMaySignIn(String username) throws Exception {
    assertThat(verdict(username, TestRegistry.PASSWORD)).isEqualTo(new NoMatch());

    assertThat(compared).containsExactly(decoy);
    assertThat(decoy.isSlow()).isTrue();
  }

  @Test
  void shouldCompareOnceWhereTheUserIsKnown() throws Exception {
    verdict("alice", "wrong");

    assertThat(compared).containsExactly(
        REGISTRY.user(TestRegistry.TENANT, "alice").orElseThrow().passwordHash().orElseThrow());
  }

  /** Who makes up a decoy's password signs nobody in. */
  @Test
  void shouldNotLetADecoyThatFitsSignAnybodyIn() throws Exception {
    RegisteredUsers fitting = new RegisteredUsers(slow, decoy, (hash, password) -> true);
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();

    fitting.verify(attempt("till", "nobody", "any"), verdict::complete);

    assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(new NoMatch());
  }

  @Test
  void shouldSayAtOnceThatThereIsNoRoom() throws Exception {
    // Given one comparison that lasts, and as many waiting as one client may have
    CountDownLatch release = new CountDownLatch(1);
    RegisteredUsers lasting = new RegisteredUsers(slow, decoy, (hash, password) -> awaited(release));
    for (int i = 0; i < 2; i++) {
      lasting.verify(attempt("till", "alice", "wrong"), verdict -> { });
    }
    CompletableFuture<PasswordVerdict> tooMany = new CompletableFuture<>();
    CompletableFuture<PasswordVerdict> ofAnother = new CompletableFuture<>();

    // When
    lasting.verify(attempt("till", "alice", "wrong"), tooMany::complete);
    lasting.verify(attempt("app", "alice", "wrong"), ofAnother::complete);

    // Then
    assertThat(tooMany.getNow(null)).isInstanceOf(NotJudged.class);
    release.countDown();
    assertThat(ofAnother.get(10, TimeUnit.SECONDS)).as("another client has room").isEqualTo(new NoMatch());
  }

  @Test
  void shouldSayThatNothingWasJudgedWhereComparingFails() throws Exception {
    RegisteredUsers failing = new RegisteredUsers(slow, decoy, (hash, password) -> {
      throw new OutOfMemoryError("no room for Argon2id");
    });
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();

    failing.verify(attempt("till", "alice", "any"), verdict::complete);

    assertThat(verdict.get(10, TimeUnit.SECONDS)).isInstanceOf(NotJudged.class);
  }

  @Test
  void shouldNotPrintWhatIsTyped() {
    assertThat(attempt("till", "alice", "hunter2").toString()).doesNotContain("alice").doesNotContain("hunter2");
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return !latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
