package dev.mintlog.store;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * What a command's life asks of the store, one method per {@link dev.mintlog.life.Step} on a state. A stage that completes
 * exceptionally means that the store could not be reached or its answer was lost: whether the effect happened is not
 * known, and the step, or the whole life, is performed again.
 */
public interface StateSteps {

  /** {@link dev.mintlog.life.Step.Load}: the state and, in the same breath, whether the primary is complete. */
  CompletionStage<Loaded> load(AuthorizationId id);

  /**
   * {@link dev.mintlog.life.Step.ClaimUserCode}: claims the first of these digests that is free, or that was claimed for
   * this very authorization before.
   *
   * @param clientId who asked, so that whoever resolves a user_code knows whose it is
   * @param keepUntil end of the claim, by the store's clock
   * @return which one, counted from 0; empty where all are taken by others
   */
  CompletionStage<OptionalInt> claimUserCode(
      AuthorizationId id, String clientId, List<String> userCodeDigests, Instant keepUntil);

  /**
   * {@link dev.mintlog.life.Step.ClaimProofs}, and part of {@link dev.mintlog.life.Step.Load}: claims each of these proof
   * ids unless another command has it. All are tried, whatever becomes of the first.
   *
   * @param partition the command's, whose marker says since when the store has forgotten nothing
   * @param by who claims; the same command finds its own claim again
   */
  CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by, List<ProofClaim> claims);

  /**
   * {@link dev.mintlog.life.Step.Commit}: sets the state where the version found is the one expected. It goes by itself
   * after {@link Authorization#keptUntil}.
   *
   * @param before version that must be found; 0 where nothing may be there
   * @param notAfter refuse where the store's own clock is past this; at this very time it is still in time
   */
  CompletionStage<Commit> commit(long before, Authorization after, Optional<Instant> notAfter);

  /**
   * {@link dev.mintlog.life.Step.Confirm}: whether the primary that would answer now is still this one.
   *
   * @param primary as the commit, the load or the write-back of this life named it last
   */
  CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary);

  /** {@link dev.mintlog.life.Step.WriteBack}: sets the state unless the primary holds its version or a higher one. */
  CompletionStage<Primary> writeBack(Authorization state);
}
