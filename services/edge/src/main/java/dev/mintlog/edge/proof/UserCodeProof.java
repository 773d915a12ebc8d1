package dev.mintlog.edge.proof;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.secret.ClientSecretHash;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What a user tells a client before it may ask for them, OpenID CIBA Core §7.1 {@code user_code}. It is compared where
 * all secrets are that people chose: on few threads, with a bounded queue. Thread-safe.
 */
public final class UserCodeProof {
  private static final Refusal WRONG =
      new Refusal(400, "invalid_user_code", "expected the user_code of this user, but found another", 0);

  private final SlowVerifications slow;

  public UserCodeProof(SlowVerifications slow) {
    this.slow = slow;
  }

  /**
   * Compares a code with the user's.
   *
   * @param client with its tenant: two tenants may have one of the same name
   * @param user empty where the user is not registered; then no code is needed, as where they have none
   * @param then called once, with the refusal where there is one; on the loop, or before this method returns
   */
  public void check(String client, Optional<RegisteredUser> user, Optional<String> code, Executor loop,
      Consumer<Optional<Refusal>> then) {
    Optional<ClientSecretHash> hash = user.flatMap(RegisteredUser::userCodeHash);
    if (hash.isEmpty()) {
      then.accept(Optional.empty());
    } else if (code.isEmpty()) {
      then.accept(Optional.of(
          new Refusal(400, "missing_user_code", "expected the user_code of this user, but found none", 0)));
    } else if (!slow.offer(client, () -> hash.get().verify(code.get()) ? Optional.<Refusal>empty() : Optional.of(WRONG),
        Optional.of(Refusal.tryAgain("expected to verify a user_code, but that failed")),
        refusal -> loop.execute(() -> then.accept(refusal)))) {
      then.accept(Optional.of(
          Refusal.tryAgain("expected room to verify a user_code, but all of it is in use")));
    }
  }
}
