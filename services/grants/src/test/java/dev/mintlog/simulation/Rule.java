package dev.mintlog.simulation;

/** A rule that guards a promise. Each can be switched off, and then the simulation has to find the promise broken. */
enum Rule {
  /** Nothing of an answer leaves before the log has its event. */
  REPLY_AFTER_EVENT,
  /** Nothing of an answer leaves before the log has its changelog entry. */
  REPLY_AFTER_CHANGELOG,
  /** An offset is committed only when its command was answered. */
  OFFSET_AFTER_REPLY,
  /** Offsets are committed contiguously. */
  OFFSETS_CONTIGUOUS,
  /** A commit finds the version that was loaded, or it is none. */
  VERSION_COMPARED,
  /** The last command applied, delivered again, gets its answer again. */
  SAME_COMMAND_SAME_ANSWER,
  /** A command below the last one applied was applied before. */
  LOWER_OFFSET_SKIPPED,
  /** Nothing is granted after the deadline. */
  DEADLINE,
  /** The next command of an authorization is not loaded before the last one's outcome is in the log. */
  ONE_COMMAND_PER_AUTHORIZATION,
  /** Nor before the primary is confirmed, or written back to, and the answer is sent. */
  ONE_COMMAND_UNTIL_FINISHED,
  /** A late answer first moves the start of the grace window. */
  WINDOW_MOVES,
  /** The previous handle may be presented again for a while. */
  GRACE_WINDOW,
  /** Before the reply the primary is confirmed to be the one that was committed on. */
  PRIMARY_CONFIRMED,
  /** A primary that is not complete is restored before anybody judges by it. */
  RESTORED_WHEN_LOST,
  /** Of several states in the changelog the highest version is restored, not the last one. */
  HIGHEST_VERSION_RESTORED,
  /** A write-back never lowers a version. */
  WRITE_BACK_NEVER_LOWERS,
  /** An owner that sees a foreign write in its changelog appends the newest state again. */
  CHANGELOG_REPAIRED,
  /** A wrong code_verifier burns the code. */
  WRONG_VERIFIER_BURNS,
  /** A superseded handle revokes the authorization. */
  REUSE_REVOKES,
  /** A code without its code_verifier is worth nothing. */
  PKCE,
  /** A credential is bound to its client. */
  CLIENT_BOUND,
  /** A decision on a device is set once. */
  DEVICE_DECISION_ONCE,
  /** A proof belongs to the command that claimed it first. */
  PROOF_SPENT_ONCE,
  /** A command that is delivered again finds its own claim. */
  PROOF_FOUND_AGAIN,
  /** A proof that was issued before the store lost something is refused. */
  FORGOTTEN_PROOF_REFUSED,
  /** The edge hands an answer to whoever asked for it. */
  REPLY_CORRELATED
}
