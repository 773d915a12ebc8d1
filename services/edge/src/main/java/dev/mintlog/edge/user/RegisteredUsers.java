package dev.mintlog.edge.user;

import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.registry.secret.ClientSecretHash;
import dev.mintlog.registry.secret.SecretGenerator;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * The registry's own users. Their hashes are Argon2id and compared on the pool of slow secrets; where there is no user,
 * or none who may sign in, a decoy is compared in their place, so that time tells nothing about who exists.
 */
public final class RegisteredUsers implements UserProvider {
  /** As Duende's IdentityServer and IdentityServer4 call their own users. */
  public static final String NAME = "local";

  private final SlowVerifications slow;
  private final ClientSecretHash decoy;
  private final BiPredicate<ClientSecretHash, String> comparison;

  public RegisteredUsers(SlowVerifications slow, SecureRandom random) {
    this(slow, decoy(random), ClientSecretHash::verify);
  }

  /** @param comparison whether a hash is of a password */
  RegisteredUsers(SlowVerifications slow, ClientSecretHash decoy, BiPredicate<ClientSecretHash, String> comparison) {
    this.slow = slow;
    this.decoy = decoy;
    this.comparison = comparison;
  }

  /** A hash of what nobody knows, as costly as those that {@code mintlog secret --hash} makes. */
  static ClientSecretHash decoy(SecureRandom random) {
    SecretGenerator generator = new SecretGenerator(random);
    return generator.hashOf(generator.generate().secret());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void verify(PasswordAttempt attempt, Consumer<PasswordVerdict> then) {
    Optional<RegisteredUser> user = attempt.registry().user(attempt.tenant(), attempt.username())
        .filter(found -> found.enabled() && found.passwordHash().isPresent());
    ClientSecretHash hash = user.flatMap(RegisteredUser::passwordHash).orElse(decoy);
    boolean room = slow.<PasswordVerdict>offer(attempt.tenant() + "/" + attempt.clientId(), () -> {
      boolean fits = comparison.test(hash, attempt.password());
      return fits && user.isPresent() ? new Verified(user.get().subject(), NAME) : new NoMatch();
    }, new NotJudged("expected to verify a password, but that failed"), then);
    if (!room) {
      then.accept(new NotJudged("expected room to verify a password, but all of it is in use"));
    }
  }
}
