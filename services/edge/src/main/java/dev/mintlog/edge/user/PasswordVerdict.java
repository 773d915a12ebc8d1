package dev.mintlog.edge.user;

/** What became of a password. */
public sealed interface PasswordVerdict {

  /**
   * It is the user's.
   *
   * @param subject opaque, never given to another user of the tenant
   * @param provider the name of the provider that knew it
   */
  record Verified(String subject, String provider) implements PasswordVerdict {}

  /** Username, password or user is not good; which of them nobody is told. */
  record NoMatch() implements PasswordVerdict {}

  /**
   * Nobody could say.
   *
   * @param why for the client's developer
   */
  record NotJudged(String why) implements PasswordVerdict {}
}
