package dev.mintlog.edge.proof.token;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Port: finds out whether an authorization stands, and what it ends with. */
public interface StandingAuthorizations {

  /**
   * Looks at its state now: what was revoked before this is called is seen.
   *
   * @param loop the event loop that this is called on
   * @param then called once, on the loop: with what was consented to; refused with {@code invalid_grant} where it has ended,
   *     with 503 where nobody knows now
   */
  void find(RegistrySnapshot registry, AuthorizationId id, Executor loop, Consumer<Checked<Consent>> then);

  /**
   * As {@link #find}, of what an authorization was got on behalf of alone: where there is no such thing, or the authorization
   * itself does not stand, nothing is refused.
   *
   * @param then called once, on the loop; refused as by {@link #find}
   */
  void findOrigin(RegistrySnapshot registry, AuthorizationId id, Executor loop, Consumer<Checked<AuthorizationId>> then);
}
