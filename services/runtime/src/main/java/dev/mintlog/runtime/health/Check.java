package dev.mintlog.runtime.health;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one readiness check found. */
public sealed interface Check {
  /** What is checked is as it must be. */
  record Ok() implements Check {}

  /**
   * What is checked is not as it must be.
   *
   * @param reason what was expected and what was found, for whoever operates the service; no secrets
   */
  record Failing(String reason) implements Check {
    public Failing {
      Objects.requireNonNull(reason, "reason");
    }
  }

  static Check ok() {
    return new Ok();
  }

  static Check failing(String reason) {
    return new Failing(reason);
  }

  /** {@link Ok} when the condition holds, else {@link Failing} with the reason. */
  static Check of(boolean condition, String reason) {
    return condition ? ok() : failing(reason);
  }

  /** One answer per variant. */
  default <R> R match(Supplier<R> ok, Function<Failing, R> failing) {
    return this instanceof Failing found ? failing.apply(found) : ok.get();
  }
}
