package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.command.Command;
import dev.mintlog.proof.Claimed;
import java.util.function.Supplier;

/** What becomes of a command whose proof is not fresh. */
final class ProofRefusal {
  private ProofRefusal() {}

  /** The decision, where the proof allows it. */
  static Decision guard(Command command, Claimed claimed, Supplier<Decision> decision) {
    return claimed.match(
        decision,
        // RFC 7523 §3: "The authorization server MAY ensure that JWTs are not replayed by maintaining the set of used "jti"
        // values for the length of time for which the JWT would be considered valid".
        spent -> Decision.denied(spent.kind().refusal(),
            "expected a " + spent.kind().title() + " with a jti of its own, but this one was used before"),
        forgotten -> unlessItGrants(command, decision.get(), forgotten),
        () -> {
          throw new IllegalArgumentException("expected a complete primary");
        });
  }

  // As after a deadline: nothing is granted, but what takes away stands. A former owner may have committed it on the
  // primary that was lost, when the proof was still known as fresh; both have to come to the same end.
  private static Decision unlessItGrants(Command command, Decision decision, Claimed.Forgotten forgotten) {
    boolean grants = decision instanceof Decision.Answered answered && grants(command, answered);
    // Not the client's fault: a new proof will do.
    return !grants ? decision : Decision.denied(TokenError.TEMPORARILY_UNAVAILABLE,
        "expected a " + forgotten.kind().title() + " issued after " + forgotten.since()
            + ", of which it is known whether it was used, but it was issued before; make a new one");
  }

  // An answer to a question takes nothing away: it is given for a fresh proof or not at all.
  private static boolean grants(Command command, Decision.Answered answered) {
    return answered.change() instanceof Decision.Committed committed
        ? committed.grants()
        : answered.answer() instanceof Answer.Granted || answered.answer() instanceof Answer.Signed
            || command instanceof Command.SpendProofs && answered.answer() instanceof Answer.Done;
  }
}
