package dev.mintlog.processor.life;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Commit;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Steps on the store that travel together: added one by one, sent once. The methods are those of {@link
 * dev.mintlog.store.AuthorizationStates}, with the same promises. Confined to one thread until it is sent.
 */
public interface StatesFlush {

  CompletionStage<Loaded> load(AuthorizationId id);

  CompletionStage<OptionalInt> claimUserCode(
      AuthorizationId id, String clientId, List<String> userCodeDigests, Instant keepUntil);

  CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by, List<ProofClaim> claims);

  CompletionStage<Commit> commit(long before, Authorization after, Optional<Instant> notAfter);

  CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary);

  CompletionStage<Primary> writeBack(Authorization state);

  /**
   * Sends what was added.
   *
   * @return completes, never exceptionally, after all that was added has completed, one way or the other
   */
  CompletionStage<Void> send();
}
