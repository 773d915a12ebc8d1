package dev.mintlog.edge.user;

import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All users: the providers in their order. Thread-safe. */
public final class Users {
  private final List<UserProvider> providers;

  /** @param providers asked in this order; each has a name of its own */
  public Users(List<UserProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /** Whether {@code idp:} may name it. */
  public boolean isProvider(String name) {
    return providers.stream().anyMatch(provider -> provider.name().equals(name));
  }

  /**
   * Judges a password: the first provider that knows it wins. A wrong password is put to every provider, and so is an
   * unknown username.
   *
   * @param provider the only one to ask; empty for all
   * @param loop where {@code then} is called, once
   */
  public void verify(PasswordAttempt attempt, Optional<String> provider, Executor loop,
      Consumer<PasswordVerdict> then) {
    List<UserProvider> asked = providers.stream()
        .filter(candidate -> provider.isEmpty() || candidate.name().equals(provider.get())).toList();
    ask(asked, 0, attempt, verdict -> loop.execute(() -> then.accept(verdict)));
  }

  private static void ask(List<UserProvider> providers, int next, PasswordAttempt attempt,
      Consumer<PasswordVerdict> then) {
    if (next == providers.size()) {
      then.accept(new NoMatch());
      return;
    }
    providers.get(next).verify(attempt, verdict -> {
      if (verdict instanceof NoMatch) {
        ask(providers, next + 1, attempt, then);
      } else {
        then.accept(verdict);
      }
    });
  }
}
