package dev.mintlog.edge.reply;

/** Why a command gets no reply. */
public enum Unanswered {
  /** Too many replies are pending, of all clients or of this one; the command was not sent. */
  FULL,
  /** The log did not take the command. */
  NOT_APPENDED,
  /** The log failed after the command was on its way: it may have been taken. */
  MAYBE_APPENDED,
  /** The command was sent, and no reply came in time. */
  TIMED_OUT,
  /** A reply came that this version cannot read. */
  UNREADABLE,
  /** This edge stops. */
  CLOSED;

  /** Whether the command was certainly never decided. */
  public boolean wasCertainlyNotSent() {
    return this == FULL || this == NOT_APPENDED;
  }
}
