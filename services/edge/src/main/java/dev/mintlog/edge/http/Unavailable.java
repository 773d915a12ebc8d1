package dev.mintlog.edge.http;

import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.edge.request.Refusal;

/** What a client is told whose command gets no reply. */
public final class Unavailable {
  private Unavailable() {}

  /**
   * @param hasProofs whether the command was to spend a proof, such as an assertion: it may have been, and is good once
   * @param mayBeSentAgain whether the same request does no harm when the first one was decided after all
   */
  public static Refusal refusal(Unanswered why, boolean hasProofs, boolean mayBeSentAgain) {
    String found = switch (why) {
      case FULL -> "expected room for one more pending request, but all of it is in use";
      case NOT_APPENDED -> "expected the log to take the request, but it did not";
      case MAYBE_APPENDED -> "expected the log to take the request, but it did not confirm";
      case TIMED_OUT -> "expected an answer in time, but none came";
      case UNREADABLE -> "expected an answer that can be read, but found another";
      case CLOSED -> "expected to answer before this server stops, but no answer came";
    };
    if (why.wasCertainlyNotSent() || mayBeSentAgain && !hasProofs) {
      return Refusal.tryAgain(found + "; nothing was lost, try again");
    }
    return mayBeSentAgain
        ? Refusal.tryAgain(found + "; its proof may have been used, try again with a fresh one")
        : Refusal.startAgain(found + "; what was presented may have been used, start again with a new authorization request");
  }
}
