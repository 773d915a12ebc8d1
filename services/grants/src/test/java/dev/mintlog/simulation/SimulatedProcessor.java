package dev.mintlog.simulation;

import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.proof.Claimed;
import dev.mintlog.store.Commit;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Performs the steps of {@link CommandLife}, one effect at a time so that the scheduler can let anything happen between
 * two of them. It decides nothing, except where a rule is switched off.
 */
final class SimulatedProcessor {
  private static final int IN_FLIGHT_MAX = 6;

  private final int number;
  private final World world;
  private final SimulatedLog log;
  private final SimulatedStates states;
  private final SimulatedEdge edge;
  private final Group group;
  private final Promises promises;
  private final Set<Rule> off;
  private final Map<Integer, Assigned> assigned = new TreeMap<>();
  private boolean paused;

  /** A partition this processor believes to own. */
  private static final class Assigned {
    private final int partition;
    private final int generation;
    private final Map<Long, InFlight> inFlight = new TreeMap<>();
    private long next;
    private long highestFinished = -1;

    private Assigned(int partition, int generation, long next) {
      this.partition = partition;
      this.generation = generation;
      this.next = next;
    }

    private long finishedUpTo() {
      return inFlight.isEmpty() ? next : inFlight.keySet().iterator().next();
    }
  }

  /** A command between its fetch and its end. */
  private static final class InFlight {
    private final Command command;
    private final CommandLife life;
    private Step step;
    private Primary primary;
    private List<AuditEvent> eventsLeft;

    private InFlight(Command command, CommandLife life) {
      this.command = command;
      this.life = life;
    }
  }

  SimulatedProcessor(int number, World world, SimulatedLog log, SimulatedStates states, SimulatedEdge edge,
      Group group, Promises promises, Set<Rule> off) {
    this.number = number;
    this.world = world;
    this.log = log;
    this.states = states;
    this.edge = edge;
    this.group = group;
    this.promises = promises;
    this.off = off;
  }

  String name() {
    return number == 0 ? "A" : "B";
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  void wake() {
    paused = false;
  }

  boolean isBusy() {
    return assigned.values().stream().anyMatch(partition -> !partition.inFlight.isEmpty());
  }

  void take(int partition) {
    assigned.put(partition, new Assigned(partition, group.generation(partition), group.committed(partition)));
  }

  /** The group told it, or it noticed: the partition is somebody else's now. */
  void lose(int partition) {
    assigned.remove(partition);
  }

  boolean believesToOwn(int partition) {
    return assigned.containsKey(partition);
  }

  void crash() {
    assigned.clear();
    paused = false;
  }

  /** What it could do next. */
  List<Runnable> moves() {
    List<Runnable> moves = new ArrayList<>();
    if (paused) {
      return moves;
    }
    for (Assigned mine : assigned.values()) {
      if (mine.next < log.commands(mine.partition).size() && mine.inFlight.size() < IN_FLIGHT_MAX) {
        moves.add(() -> fetch(mine));
      }
      for (InFlight flight : mine.inFlight.values()) {
        if (flight.step != null || laneIsFree(mine, flight)) {
          moves.add(() -> perform(mine, flight));
        }
      }
    }
    return moves;
  }

  /** Appends the newest state again where somebody else's older one came last, and sees that it rests in the store. */
  boolean repairChangelog() {
    boolean repaired = false;
    for (Assigned mine : assigned.values()) {
      if (group.owner(mine.partition) != number || off.contains(Rule.CHANGELOG_REPAIRED)) {
        continue;
      }
      Map<AuthorizationId, Authorization> newest = new LinkedHashMap<>();
      Map<AuthorizationId, Authorization> last = new LinkedHashMap<>();
      for (SimulatedLog.Entry entry : log.changelog(mine.partition)) {
        Authorization state = entry.state();
        last.put(state.id(), state);
        newest.merge(state.id(), state, (a, b) -> b.version() > a.version() ? b : a);
      }
      for (Authorization state : newest.values()) {
        if (!last.get(state.id()).equals(state)) {
          world.tell("%s repairs the changelog: %s", name(), Promises.name(state));
          log.append(state, number);
          repaired = true;
        }
        states.writeBack(state);
      }
    }
    return repaired;
  }

  private void fetch(Assigned mine) {
    Command command = log.commands(mine.partition).get((int) mine.next);
    command = unguarded(command);
    InFlight flight = new InFlight(command, new CommandLife(command, registration(command)));
    mine.inFlight.put(mine.next, flight);
    mine.next++;
    world.tell("%s fetches %s", name(), Promises.name(command));
    if (off.contains(Rule.OFFSET_AFTER_REPLY)) {
      group.commit(mine.partition, mine.generation, mine.next);
    }
  }

  // One command per authorization at a time, in the order of the log.
  private boolean laneIsFree(Assigned mine, InFlight flight) {
    if (off.contains(Rule.ONE_COMMAND_PER_AUTHORIZATION) || flight.command.authorization().isEmpty()) {
      return true;
    }
    for (InFlight other : mine.inFlight.values()) {
      if (other == flight) {
        return true;
      }
      if (other.command.authorization().equals(flight.command.authorization()) && !isSettled(other)) {
        return false;
      }
    }
    throw new IllegalStateException("a command in flight is listed");
  }

  private boolean isSettled(InFlight flight) {
    return flight.step instanceof Step.Finish || off.contains(Rule.ONE_COMMAND_UNTIL_FINISHED)
        && (flight.step instanceof Step.Confirm || flight.step instanceof Step.WriteBack
            || flight.step instanceof Step.Reply);
  }

  private void perform(Assigned mine, InFlight flight) {
    Step step = flight.step;
    if (step == null) {
      flight.step = flight.life.begin(world.now());
    } else if (step instanceof Step.ClaimUserCode claim) {
      flight.step = flight.life.claimed(states.claimUserCode(
          claim.id(), flight.command.clientId(), claim.userCodeDigests(), claim.keepUntil()));
    } else if (step instanceof Step.ClaimProofs claim) {
      Claimed claimed = states.claimProofs(flight.command, claim.claims());
      world.tell("%s claims the proof of %s: %s", name(), Promises.name(flight.command), claimed);
      flight.step = flight.life.proofsClaimed(claimed);
    } else if (step instanceof Step.Load load) {
      load(flight, load);
    } else if (step instanceof Step.Commit commit) {
      commit(flight, commit);
    } else if (step instanceof Step.Restore restore) {
      states.restore(restore.partition());
      world.tell("%s restores partition %d", name(), restore.partition());
      flight.step = flight.life.restored();
    } else if (step instanceof Step.Publish publish) {
      publish(flight, publish);
    } else if (step instanceof Step.Confirm confirm) {
      boolean same = states.confirm(confirm.id(), flight.primary);
      world.tell("%s finds %s primary for %s", name(), same ? "the same" : "another", Promises.name(flight.command));
      flight.step = flight.life.confirmed(same);
    } else if (step instanceof Step.WriteBack writeBack) {
      flight.primary = states.writeBack(writeBack.state());
      world.tell("%s writes back %s", name(), Promises.name(writeBack.state()));
      flight.step = flight.life.writtenBack();
    } else if (step instanceof Step.Reply reply) {
      edge.reply(flight.command, reply.answer(), name());
      flight.step = flight.life.replied(apparentTime(flight));
    } else {
      finish(mine, flight);
    }
  }

  private void load(InFlight flight, Step.Load load) {
    // In one breath: nothing happens in between.
    Claimed claimed = load.claims().isEmpty() ? new Claimed.Fresh() : states.claimProofs(flight.command, load.claims());
    Loaded loaded = states.load(load.id());
    if (loaded instanceof Loaded.Complete complete) {
      flight.primary = complete.primary();
      world.tell("%s loads %s for %s", name(), complete.state().map(Promises::name).orElse("nothing"),
          Promises.name(flight.command));
      flight.step = flight.life.loaded(complete.state().map(state -> unguarded(state, flight.command)), claimed);
    } else if (off.contains(Rule.RESTORED_WHEN_LOST)) {
      world.tell("%s loads from an incomplete primary for %s", name(), Promises.name(flight.command));
      flight.primary = new Primary("incomplete");
      flight.step = flight.life.loaded(states.state(load.id()));
    } else {
      world.tell("%s finds the primary incomplete for %s", name(), Promises.name(flight.command));
      flight.step = flight.life.incomplete();
    }
  }

  private void commit(InFlight flight, Step.Commit step) {
    Commit commit = states.commit(step.before(), step.after(), step.notAfter());
    flight.primary = commit.primary();
    world.tell("%s commits %s over version %d for %s: %s", name(), Promises.name(step.after()), step.before(),
        Promises.name(flight.command), commit.result());
    promises.committed(flight.command, step.after(), commit.result());
    flight.step = flight.life.committed(commit.result());
  }

  // Events first, then the changelog, each an effect of its own.
  private void publish(InFlight flight, Step.Publish publish) {
    if (flight.eventsLeft == null) {
      flight.eventsLeft = new ArrayList<>(publish.events());
      if (off.contains(Rule.REPLY_AFTER_EVENT)
          || off.contains(Rule.REPLY_AFTER_CHANGELOG) && flight.eventsLeft.isEmpty()) {
        edge.reply(flight.command, publish.answer(), name());
      }
    }
    if (!flight.eventsLeft.isEmpty()) {
      AuditEvent event = flight.eventsLeft.remove(0);
      log.append(event);
      world.tell("%s has event %s acknowledged for %s", name(), event.name(), Promises.name(flight.command));
      if (off.contains(Rule.REPLY_AFTER_CHANGELOG) && flight.eventsLeft.isEmpty()) {
        edge.reply(flight.command, publish.answer(), name());
      }
      if (!flight.eventsLeft.isEmpty() || publish.changelog().isPresent()) {
        return;
      }
    } else if (publish.changelog().isPresent()) {
      log.append(publish.changelog().get(), number);
      world.tell("%s has changelog %s acknowledged", name(), Promises.name(publish.changelog().get()));
    }
    flight.eventsLeft = null;
    flight.step = flight.life.published(apparentTime(flight));
  }

  private Instant apparentTime(InFlight flight) {
    return off.contains(Rule.WINDOW_MOVES) ? flight.command.delivery().requestedAt() : world.now();
  }

  private void finish(Assigned mine, InFlight flight) {
    long offset = flight.command.delivery().position().offset();
    mine.inFlight.remove(offset);
    mine.highestFinished = Math.max(mine.highestFinished, offset);
    long next = off.contains(Rule.OFFSETS_CONTIGUOUS) ? mine.highestFinished + 1 : mine.finishedUpTo();
    boolean accepted = group.commit(mine.partition, mine.generation, next);
    world.tell("%s is done with %s, offset %d of partition %d %s", name(), Promises.name(flight.command), next,
        mine.partition, accepted ? "committed" : "refused");
  }

  private Registration registration(Command command) {
    Client client = Given.client(command.clientId());
    if (off.contains(Rule.GRACE_WINDOW)) {
      client = Given.withRefresh(client, new Client.RefreshPolicy(
          client.refresh().absoluteLifetime(), client.refresh().slidingLifetime(), Duration.ofSeconds(-1)));
    }
    return Given.registration(client);
  }

  private Command unguarded(Command command) {
    if (!(command instanceof TokenRequest request)) {
      return command;
    }
    TokenRequest changed = request;
    if (off.contains(Rule.CLIENT_BOUND)) {
      changed = new TokenRequest(request.delivery(), request.tenant(), Given.APP, request.grant(), request.scope());
    }
    if (off.contains(Rule.PKCE) && request.grant() instanceof Grant.AuthorizationCode code) {
      changed = new TokenRequest(changed.delivery(), changed.tenant(), changed.clientId(),
          new Grant.AuthorizationCode(code.id(), code.redirectUri(), Optional.of(Given.CHALLENGE)), changed.scope());
    }
    return changed;
  }

  private Authorization unguarded(Authorization state, Command command) {
    Applied applied = state.applied();
    if (off.contains(Rule.SAME_COMMAND_SAME_ANSWER)
        && applied.commandId().equals(command.delivery().commandId())) {
      applied = new Applied(new CommandId("-".repeat(22)), applied.position(), applied.answer());
    }
    if (off.contains(Rule.LOWER_OFFSET_SKIPPED)) {
      LogPosition position = applied.position();
      applied = new Applied(applied.commandId(),
          new LogPosition("another", position.partition(), position.offset()), applied.answer());
    }
    AuthorizationState rests = state.state();
    if (off.contains(Rule.DEVICE_DECISION_ONCE) && command instanceof Command.RefuseRequest
        && rests instanceof Approved approved) {
      rests = new Pending(approved.request(), PollClock.notYetPolled(Duration.ofSeconds(5)));
    }
    return new Authorization(state.id(), state.version(), rests, applied, state.bornAt(), state.keptUntil());
  }
}
