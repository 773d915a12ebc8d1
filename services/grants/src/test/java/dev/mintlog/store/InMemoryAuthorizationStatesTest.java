package dev.mintlog.store;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

class InMemoryAuthorizationStatesTest extends AuthorizationStatesContract {
  private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<Authorization> changelog = new ArrayList<>();
  private final InMemoryAuthorizationStates states =
      new InMemoryAuthorizationStates(clock::get, id -> 0, id -> List.copyOf(changelog));

  @Override
  protected AuthorizationStates states() {
    return states;
  }

  @Override
  protected int partitionOf(AuthorizationId id) {
    return 0;
  }

  @Override
  protected void wipe() {
    states.wipe();
  }

  @Override
  protected void restart() {
    states.restart();
  }

  @Override
  protected Instant storeTime() {
    return clock.get();
  }

  @Override
  protected void awaitStoreTime(Instant time) {
    clock.set(time);
  }

  @Override
  protected void appendToChangelog(Authorization state) {
    changelog.add(state);
  }
}
