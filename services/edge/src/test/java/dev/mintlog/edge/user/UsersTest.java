package dev.mintlog.edge.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final PasswordAttempt ATTEMPT =
      new PasswordAttempt(TestRegistry.snapshot(), TestRegistry.TENANT, "till", "alice", "secret");

  private final List<String> asked = new ArrayList<>();

  private UserProvider provider(String name, PasswordVerdict verdict) {
    return new UserProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void verify(PasswordAttempt attempt, Consumer<PasswordVerdict> then) {
        asked.add(name);
        then.accept(verdict);
      }
    };
  }

  private static PasswordVerdict verdict(Optional<String> provider, UserProvider... providers) {
    List<PasswordVerdict> verdicts = new ArrayList<>();
    new Users(List.of(providers)).verify(ATTEMPT, provider, Runnable::run, verdicts::add);
    assertThat(verdicts).hasSize(1);
    return verdicts.get(0);
  }

  @Test
  void shouldAskTheProvidersInOrderUntilOneKnowsThePassword() {
    assertThat(verdict(Optional.empty(), provider("local", new NoMatch()),
        provider("staff", new Verified("s", "staff")), provider("more", new Verified("m", "more"))))
        .isEqualTo(new Verified("s", "staff"));
    assertThat(asked).containsExactly("local", "staff");
  }

  @Test
  void shouldAskTheNamedProviderOnly() {
    assertThat(verdict(Optional.of("staff"), provider("local", new Verified("l", "local")),
        provider("staff", new NoMatch()))).isEqualTo(new NoMatch());
    assertThat(asked).containsExactly("staff");
  }

  /** Or a provider that is down would have its users taken for those of the next one. */
  @Test
  void shouldNotGoOnWhereAProviderCouldNotSay() {
    assertThat(verdict(Optional.empty(), provider("local", new NotJudged("full")),
        provider("staff", new Verified("s", "staff")))).isEqualTo(new NotJudged("full"));
    assertThat(asked).containsExactly("local");
  }

  @Test
  void shouldKnowItsProviders() {
    Users users = new Users(List.of(provider("local", new NoMatch())));

    assertThat(users.isProvider("local")).isTrue();
    assertThat(users.isProvider("Local")).isFalse();
  }
}
