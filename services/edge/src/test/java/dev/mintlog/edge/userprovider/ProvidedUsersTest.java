package dev.mintlog.edge.userprovider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.user.PasswordAttempt;
import dev.mintlog.edge.user.PasswordVerdict;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds that a provider is held to. */
class ProvidedUsersTest {
  private static final Duration REFUSAL_AFTER = Duration.ofSeconds(7);

  private final Vertx vertx = Vertx.vertx();
  private final List<Duration> delays = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private ProvidedUsers users(String name, AuthenticationProvider provider, Duration wait, int outstandingMax) {
    return new ProvidedUsers(new ProviderEntry(name, "test", Set.of("default"), new JsonObject()), provider, false,
        new ProviderBounds(2, outstandingMax, wait, REFUSAL_AFTER), vertx, (delay, what) -> {
          delays.add(delay);
          what.run();
        }, () -> 0);
  }

  private ProvidedUsers users(AuthenticationProvider provider) {
    return users("staff", provider, Duration.ofSeconds(10), 1);
  }

  private static CompletableFuture<PasswordVerdict> ask(ProvidedUsers users) {
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();
    users.verify(new PasswordAttempt(TestRegistry.snapshot(), "default", "till", "alice", "secret"), verdict::complete);
    return verdict;
  }

  private static PasswordVerdict verdict(ProvidedUsers users) throws Exception {
    return ask(users).get(10, TimeUnit.SECONDS);
  }

  /** That there is no such user is known sooner than that a password is wrong; both are passed on at one time. */
  @Test
  void shouldPassARefusalOnAtAFixedTimeAndNothingElse() throws Exception {
    assertThat(verdict(users(credentials -> Future.failedFuture("no such user")))).isEqualTo(new NoMatch());
    assertThat(delays).containsExactly(REFUSAL_AFTER);

    assertThat(verdict(users(credentials -> Future.succeededFuture(User.fromName("alice")))))
        .isInstanceOf(Verified.class);
    assertThat(delays).hasSize(1);
  }

  @Test
  void shouldNotTakeAFailureForARefusal() throws Exception {
    assertThat(verdict(users(credentials -> Future.failedFuture(new IllegalStateException("down")))))
        .isInstanceOf(NotJudged.class);
    assertThat(verdict(users(credentials -> {
      throw new IllegalStateException("a bug");
    }))).isInstanceOf(NotJudged.class);
  }

  @Test
  void shouldWaitForAnAnswerNoLongerThanItsBoundAndKeepItsRoomUntilItComes() throws Exception {
    // Given a provider that hangs, with room for one
    Promise<User> answer = Promise.promise();
    ProvidedUsers hanging = users("staff", credentials -> answer.future(), Duration.ofMillis(200), 1);

    // When
    assertThat(verdict(hanging)).isInstanceOf(NotJudged.class);

    // Then nothing piles up behind it
    assertThat(ask(hanging).getNow(null)).as("refused at once").isInstanceOf(NotJudged.class);
    answer.complete(User.fromName("alice"));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> verdict(hanging) instanceof Verified);
  }

  @Test
  void shouldTellUsersOfDifferentProvidersAndPrincipalsApart() throws Exception {
    AuthenticationProvider byName = credentials -> Future.succeededFuture(User.fromName("alice"));
    AuthenticationProvider bySub =
        credentials -> Future.succeededFuture(User.create(new JsonObject().put("sub", "alice")));

    assertThat(List.of(verdict(users(byName)), verdict(users(bySub)),
        verdict(users("other", byName, Duration.ofSeconds(10), 1)))).doesNotHaveDuplicates();
    assertThat(verdict(users(byName))).isEqualTo(verdict(users(byName)));
  }
}
