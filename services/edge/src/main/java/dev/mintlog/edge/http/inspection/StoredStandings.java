package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.edge.proof.token.StandingAuthorizations;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Whether authorizations stand, and those they were got on behalf of, as their states and the registry say. */
public final class StoredStandings implements StandingAuthorizations {
  private final StoredAuthorizations authorizations;

  public StoredStandings(StoredAuthorizations authorizations) {
    this.authorizations = authorizations;
  }

  @Override
  public void find(RegistrySnapshot registry, AuthorizationId id, Executor loop, Consumer<Checked<Consent>> then) {
    findOne(registry, id, loop, own -> own.either(
        consent -> consent.origin().ifPresentOrElse(
            // The user's own, which was got on behalf of nobody.
            origin -> findOne(registry, origin, loop,
                given -> then.accept(given.then(stands -> Checked.accepted(consent)))),
            () -> then.accept(own)),
        refusal -> then.accept(own)));
  }

  @Override
  public void findOrigin(RegistrySnapshot registry, AuthorizationId id, Executor loop,
      Consumer<Checked<AuthorizationId>> then) {
    authorizations.find(id).thenAcceptAsync(lookup -> lookup.match(
        found -> found.authorization().state().consentGiven().flatMap(Consent::origin).ifPresentOrElse(
            origin -> findOne(registry, origin, loop, given -> then.accept(given.then(stands -> Checked.accepted(id)))),
            () -> then.accept(Checked.accepted(id))),
        unknown -> then.accept(Checked.accepted(id)),
        notReadable -> then.accept(Checked.refused(Refusal.tryAgain(notReadable.why())))), loop);
  }

  private void findOne(RegistrySnapshot registry, AuthorizationId id, Executor loop, Consumer<Checked<Consent>> then) {
    authorizations.find(id).thenAcceptAsync(lookup -> lookup.match(
        found -> TokenStandings.ofAuthorization(registry, id, found.authorization()).match(
            good -> then.accept(Checked.accepted(found.authorization().state().consentGiven().orElseThrow())),
            over -> then.accept(ended()),
            notKnown -> then.accept(Checked.refused(Refusal.tryAgain(notKnown.why())))),
        unknown -> then.accept(ended()),
        notReadable -> then.accept(Checked.refused(Refusal.tryAgain(notReadable.why())))), loop);
  }

  private static <T> Checked<T> ended() {
    return Checked.refused(Refusal.invalidGrant("expected an authorization that stands, but it was revoked or has ended"));
  }
}
