package dev.mintlog.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.command.Command.RevokeBefore;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.proof.ProofClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The next effect of a command's life. Each names the method of {@link CommandLife} that takes its result. */
public sealed interface Step {

  /** Claim the first free of these user_code digests for the authorization; then {@link CommandLife#claimed}. */
  record ClaimUserCode(AuthorizationId id, List<String> userCodeDigests, Instant keepUntil) implements Step {}

  /**
   * Load the state and claim the command's proofs in the same breath; then {@link CommandLife#loaded}, or {@link
   * CommandLife#incomplete} where the primary's marker does not say that it is complete.
   *
   * @param claims proofs to be spent; empty for most commands
   */
  record Load(AuthorizationId id, List<ProofClaim> claims) implements Step {
    /** Of a command that spends no proof. */
    public Load(AuthorizationId id) {
      this(id, List.of());
    }
  }

  /** Claim the proofs of a command that has no authorization; then {@link CommandLife#proofsClaimed}. */
  record ClaimProofs(List<ProofClaim> claims) implements Step {}

  /**
   * Commit a state; then {@link CommandLife#committed}.
   *
   * @param before version that must be found; 0 where nothing may be there
   * @param notAfter refuse when the store's own clock is past this
   */
  record Commit(long before, Authorization after, Optional<Instant> notAfter) implements Step {}

  /**
   * Have the registry say that what was born before ended, unless it says so of a later time already; then {@link
   * CommandLife#registered}. The same again changes nothing.
   */
  record Register(RevokeBefore revocation) implements Step {}

  /** The primary lost something: restore the command's partition from the changelog; then {@link CommandLife#restored}. */
  record Restore(int partition) implements Step {}

  /**
   * Sign what was granted, then have the log acknowledge all events and the changelog entry; then {@link
   * CommandLife#published}. Nothing of the answer may leave before.
   *
   * @param consent the user's that stands behind granted tokens; empty where the client acts for itself
   * @param changelog the state to record, where it is to be recorded
   */
  record Publish(
      Answer answer, Optional<Consent> consent, List<AuditEvent> events, Optional<Authorization> changelog)
      implements Step {}

  /** Ask whether the primary is still the one the state was committed on; then {@link CommandLife#confirmed}. */
  record Confirm(AuthorizationId id) implements Step {}

  /** Write the state to the primary of now, unless it has a newer one; then {@link CommandLife#writtenBack}. */
  record WriteBack(Authorization state) implements Step {}

  /** Send the answer, with the tokens signed for it, and have the log acknowledge it; then {@link CommandLife#replied}. */
  record Reply(Answer answer) implements Step {}

  /**
   * Nothing is left: the offset may be committed once all before it may, and only now may the next command of the
   * authorization be begun. Begun earlier, a former owner could load from a primary that lost what it has just recorded.
   */
  record Finish() implements Step {}
}
