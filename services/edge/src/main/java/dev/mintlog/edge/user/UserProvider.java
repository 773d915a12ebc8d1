package dev.mintlog.edge.user;

import java.util.function.Consumer;

/** Where users come from. Thread-safe. */
public interface UserProvider {

  /** What {@code idp:} in acr_values selects it by, and the {@code idp} claim of its users. */
  String name();

  /**
   * Judges a password. An unknown username takes as long as a known one.
   *
   * @param then called once, on any thread
   */
  void verify(PasswordAttempt attempt, Consumer<PasswordVerdict> then);
}
