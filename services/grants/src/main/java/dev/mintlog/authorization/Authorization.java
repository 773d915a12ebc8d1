package dev.mintlog.authorization;

import java.time.Instant;

/**
 * One authorization as it rests: the unit that is loaded, decided on and committed.
 *
 * <p>Versions follow the log. A primary that loses its last writes while a former owner still acts lets two histories of
 * one authorization part; counted by commits alone they could meet again at one number. Here a commit's version is at
 * least its command's offset times {@value #COMMITS_PER_COMMAND}, so that the history with the later command has the
 * higher version, and equal versions are of equal commands.
 *
 * @param version grows with each commit
 * @param applied the last command that changed the state
 * @param bornAt when the consent was recorded; a revocation "of all before" compares with it
 * @param keptUntil after this time no handle of it could still be valid and the state may go
 */
public record Authorization(
    AuthorizationId id, long version, AuthorizationState state, Applied applied, Instant bornAt, Instant keptUntil) {

  /** Versions between two offsets: the commit of a command and those that move its grace window. */
  static final int COMMITS_PER_COMMAND = 8;

  /** What a delivered command is to this state. */
  public enum Relation {
    /** It may be decided. */
    NEW,
    /** It is the last one applied: the same answer again. */
    SAME,
    /** A later one was applied already: it was answered then. */
    EARLIER
  }

  public Relation relationTo(CommandId commandId, LogPosition position) {
    if (applied.commandId().equals(commandId)) {
      return Relation.SAME;
    }
    return position.isBefore(applied.position()) ? Relation.EARLIER : Relation.NEW;
  }

  public static Authorization born(AuthorizationId id, AuthorizationState state, Applied applied, Instant bornAt,
      Instant keptUntil) {
    return new Authorization(id, versionOf(applied), state, applied, bornAt, keptUntil);
  }

  /** The authorization after one more commit; it is never kept for less long than before. */
  public Authorization next(AuthorizationState nextState, Applied nextApplied, Instant keepUntil) {
    Instant later = keepUntil.isAfter(keptUntil) ? keepUntil : keptUntil;
    return new Authorization(
        id, Math.max(version + 1, versionOf(nextApplied)), nextState, nextApplied, bornAt, later);
  }

  private static long versionOf(Applied applied) {
    return (applied.position().offset() + 1) * COMMITS_PER_COMMAND;
  }
}
