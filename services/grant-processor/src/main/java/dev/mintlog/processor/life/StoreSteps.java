package dev.mintlog.processor.life;

import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Loaded;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which of the store's methods performs which step, and which of the life's methods takes its result. */
final class StoreSteps {
  private StoreSteps() {}

  /**
   * Adds a command's step to a flush.
   *
   * @return the step after it; completes exceptionally where the store took no part, or where something is wrong with
   * us
   */
  static CompletionStage<Step> add(StatesFlush flush, CommandInFlight command) {
    try {
      return step(flush, command);
    } catch (RuntimeException e) {
      // One that cannot be put into words must not take the others of its flush with it.
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<Step> step(StatesFlush flush, CommandInFlight command) {
    CommandLife life = command.life();
    Step step = command.step();
    if (step instanceof Step.Load load) {
      return flush.load(load.id()).thenCombine(claimed(flush, command, load.claims()),
          (loaded, claimed) -> looked(command, loaded, claimed));
    }
    if (step instanceof Step.ClaimProofs claim) {
      return claimed(flush, command, claim.claims()).thenApply(life::proofsClaimed);
    }
    if (step instanceof Step.Commit commit) {
      return flush.commit(commit.before(), commit.after(), commit.notAfter()).thenApply(tried -> {
        command.primary(tried.primary());
        return life.committed(tried.result());
      });
    }
    if (step instanceof Step.Confirm confirm) {
      return flush.confirm(confirm.id(), command.primary()).thenApply(life::confirmed);
    }
    if (step instanceof Step.WriteBack writeBack) {
      return flush.writeBack(writeBack.state()).thenApply(primary -> {
        command.primary(primary);
        return life.writtenBack();
      });
    }
    if (step instanceof Step.ClaimUserCode claim) {
      return flush.claimUserCode(claim.id(), command.command().clientId(), claim.userCodeDigests(), claim.keepUntil())
          .thenApply(life::claimed);
    }
    throw new IllegalStateException("no port is named for " + step.getClass().getName());
  }

  private static CompletionStage<Claimed> claimed(StatesFlush flush, CommandInFlight command, List<ProofClaim> claims) {
    if (claims.isEmpty()) {
      return CompletableFuture.completedFuture(new Claimed.Fresh());
    }
    return flush.claimProofs(command.partition().number(), command.command().tenant(),
        command.command().delivery().commandId(), claims);
  }

  private static Step looked(CommandInFlight command, Loaded loaded, Claimed claimed) {
    boolean isComplete = !(claimed instanceof Claimed.Incomplete);
    if (isComplete && loaded instanceof Loaded.Complete complete) {
      command.primary(complete.primary());
      return command.life().loaded(complete.state(), claimed);
    }
    command.primary(null);
    return command.life().incomplete();
  }
}
