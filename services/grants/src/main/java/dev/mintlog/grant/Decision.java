package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.command.Command.RevokeBefore;
import java.util.Optional;

/** What is to become of a command: the state after and the answer, as one value. Nobody but the rim acts on it. */
public sealed interface Decision {

  /**
   * The command is answered.
   *
   * @param change what is to be committed first
   */
  record Answered(Change change, Answer answer) implements Decision {}

  /** A later command was applied already, so this one was answered when it was applied. */
  record Skipped() implements Decision {}

  /**
   * The state that was loaded is older than what was answered before: Redis lost something. It is restored from the
   * changelog and decided again; nobody is denied for it.
   */
  record StateBehind() implements Decision {}

  /** What a decision does to the state. */
  sealed interface Change {}

  /** Nothing to commit. */
  record Unchanged() implements Change {}

  /**
   * The same state was committed for this command before; it is confirmed, not committed again.
   *
   * @param state what was committed
   */
  record AlreadyCommitted(Authorization state) implements Change {}

  /** No state, but an entry of the registry: what {@link RevokeBefore} says holds from its revision on. */
  record Registered(RevokeBefore revocation) implements Change {}

  /**
   * A new state.
   *
   * @param before version the commit must find; 0 where nothing may be there
   * @param grants whether it grants something, so that it must not be committed after the command's deadline
   * @param recorded whether it belongs into the changelog; the poll clock alone does not
   */
  record Committed(long before, Authorization after, boolean grants, boolean recorded) implements Change {}

  static Answered unchanged(Answer answer) {
    return new Answered(new Unchanged(), answer);
  }

  static Answered denied(TokenError error, String description) {
    return unchanged(Answer.Denied.of(error, description));
  }

  /** A new state that grants something: refused after the deadline. */
  static Answered granting(Optional<Authorization> before, Authorization after) {
    return new Answered(new Committed(version(before), after, true, true), after.applied().answer());
  }

  /** A new state that takes something away: committed at any age. */
  static Answered taking(Authorization before, Authorization after) {
    return new Answered(new Committed(before.version(), after, false, true), after.applied().answer());
  }

  /** Nothing but the poll clock has moved. */
  static Answered polled(Authorization before, Authorization after) {
    return new Answered(new Committed(before.version(), after, false, false), after.applied().answer());
  }

  static Answered registering(RevokeBefore revocation) {
    return new Answered(new Registered(revocation), new Answer.Done());
  }

  private static long version(Optional<Authorization> before) {
    return before.map(Authorization::version).orElse(0L);
  }
}
