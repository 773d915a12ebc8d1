package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.AuthorizationState.Refused;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.CommitResult;
import dev.mintlog.store.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The promises of the design, watched while a run goes on. Each throws {@link PromiseBroken} where it does not hold. */
final class Promises {
  /** What is presented: one code, one device_code or one refresh handle. */
  private record Credential(AuthorizationId id, String kind, int generation) {}

  private final World world;
  private final SimulatedLog log;
  private final Map<CommandId, Answer> outcomes = new HashMap<>();
  private final Map<Credential, Map<CommandId, LogPosition>> redeemed = new LinkedHashMap<>();
  private final Map<String, CommandId> proofs = new HashMap<>();
  private final Map<Credential, Instant> answeredAt = new HashMap<>();
  private final Map<AuthorizationId, LogPosition> ended = new LinkedHashMap<>();
  private final Map<AuthorizationId, String> decidedOnDevice = new HashMap<>();
  private final Map<CommandId, Authorization> changes = new HashMap<>();
  private final Set<CommandId> late = new HashSet<>();
  private final Set<CommandId> hostile = new HashSet<>();
  private final Set<AuthorizationId> touched = new HashSet<>();

  Promises(World world, SimulatedLog log) {
    this.world = world;
    this.log = log;
  }

  /** A command that must never get a token. */
  void hostile(CommandId id) {
    hostile.add(id);
  }

  /** Somebody but the honest client acted on the authorization with its client's identity: it may be revoked. */
  void touched(AuthorizationId id) {
    touched.add(id);
  }

  /** An honest client is refused. */
  void refused(AuthorizationId id, String who, Answer answer) {
    if (!touched.contains(id) && !isAmbiguous(id)) {
      throw new PromiseBroken("an honest client is not locked out when only it acted", who + " heard " + name(answer));
    }
  }

  /**
   * A command was sent. A handle that was redeemed may be presented again until its grace window, counted from the answer,
   * is over; whoever comes later than that, after an outage that was longer, is promised nothing.
   */
  void sent(Command command) {
    credential(command).map(answeredAt::get).ifPresent(last -> {
      boolean inWindow = world.now().isBefore(last.plus(Given.GRACE).minusSeconds(1));
      if (!inWindow && command.clientId().equals(Given.APP)) {
        touched.add(command.authorization().orElseThrow());
      }
    });
  }

  /** Every answer that leaves a processor, whether an edge still waits for it or not. */
  void replied(Command command, Answer answer) {
    sameOutcome(command, answer);
    if (answer instanceof Answer.Granted granted) {
      redeemedOnce(command, granted);
      provedOnce(command);
      staysEnded(command);
    }
    boolean ends = answer instanceof Answer.Denied denied && denied.revoked()
        || command instanceof Command.RevokeAuthorization && answer instanceof Answer.Done
            && command.clientId().equals(Given.APP);
    if (ends && command.authorization().isPresent()) {
      ended.putIfAbsent(command.authorization().get(), command.delivery().position());
    }
  }

  /** An answer that reaches a client. */
  void delivered(Command waiting, Command command, Answer answer) {
    if (!waiting.delivery().commandId().equals(command.delivery().commandId())) {
      throw new PromiseBroken("an answer reaches who asked", name(waiting) + " got the answer to " + name(command));
    }
    if (answer instanceof Answer.Granted) {
      if (!log.hasEvent(command.delivery().commandId().value() + ".TokenIssued")) {
        throw new PromiseBroken("no token without its record", name(command) + " got one");
      }
      if (hostile.contains(command.delivery().commandId())) {
        throw new PromiseBroken("an attacker gets no token", name(command) + " got one");
      }
    }
    Authorization change = changes.get(command.delivery().commandId());
    if (change != null && !(answer instanceof Answer.Pending) && !isInChangelog(change)
        && change.applied().answer().equals(answer)) {
      throw new PromiseBroken("what was answered outlives Redis", name(change) + " is in no changelog");
    }
    if (answer instanceof Answer.Done) {
      decidedOnce(command);
    }
  }

  /** A commit was tried. */
  void committed(Command command, Authorization after, CommitResult result) {
    if (result != CommitResult.COMMITTED) {
      return;
    }
    boolean first = changes.put(command.delivery().commandId(), after) == null;
    Answer answer = after.applied().answer();
    boolean grants = answer instanceof Answer.Granted || answer instanceof Answer.CodeCreated
        || answer instanceof Answer.RequestCreated || after.state() instanceof Approved;
    if (first && grants && world.now().isAfter(command.delivery().requestedAt().plus(SimulatedEdge.WAIT))) {
      throw new PromiseBroken("nothing is granted when nobody waits any more", name(command) + " was");
    }
  }

  /** What must hold at every moment of what rests in a complete store. */
  void atEveryMoment(SimulatedStates states) {
    for (AuthorizationId id : ended.keySet()) {
      boolean alive = states.load(id) instanceof Loaded.Complete complete
          && complete.state().isPresent() && isAlive(complete.state().get().state());
      if (alive) {
        throw new PromiseBroken("what was answered as revoked stays revoked", name(id) + " is alive");
      }
    }
  }

  /** What must hold when all has come to rest. */
  void atRest(SimulatedStates states) {
    atEveryMoment(states);
    for (AuthorizationId id : states.ids()) {
      if (states.load(id) instanceof Loaded.Incomplete) {
        states.restore(id);
      }
      for (Authorization state : states.history(id)) {
        eventOf(state).ifPresent(event -> {
          if (!log.hasEvent(state.applied().commandId().value() + "." + event)) {
            throw new PromiseBroken("every state change has its event", name(state) + " has no " + event);
          }
        });
      }
      Optional<AuthorizationState> rests = states.state(id).map(Promises::comparable);
      Optional<AuthorizationState> rebuilt = last(id)
          .filter(state -> world.now().isBefore(state.keptUntil()))
          .map(Promises::comparable);
      if (!rests.equals(rebuilt) && !isAmbiguous(id)) {
        throw new PromiseBroken("the changelog rebuilds what rests",
            states.state(id).map(Promises::name).orElse("nothing") + " rests, "
                + last(id).map(Promises::name).orElse("nothing") + " would be rebuilt");
      }
    }
  }

  /**
   * A command was refused as late by the owner, and recorded as granted by a former one that woke after its primary had
   * lost the commit. The record stands (Issued outranks Denied), whether its state comes back is left to chance, and what
   * the client may present next with it; nothing that was revoked comes back by it.
   */
  private boolean isAmbiguous(AuthorizationId id) {
    return log.changelog(SimulatedLog.partitionOf(id)).stream()
        .map(SimulatedLog.Entry::state)
        .anyMatch(state -> state.id().equals(id) && late.contains(state.applied().commandId()));
  }

  private static boolean isAlive(AuthorizationState state) {
    return !(state instanceof Revoked || state instanceof Refused);
  }

  private void sameOutcome(Command command, Answer answer) {
    if (answer instanceof Answer.Denied denied && denied.error() == TokenError.TEMPORARILY_UNAVAILABLE) {
      late.add(command.delivery().commandId());
      return;
    }
    Answer before = outcomes.putIfAbsent(command.delivery().commandId(), answer);
    boolean same = before == null || before.equals(answer)
        || before instanceof Answer.Pending && answer instanceof Answer.Pending;
    if (!same && !command.authorization().map(this::isAmbiguous).orElse(false)) {
      throw new PromiseBroken("a redelivered command has the same outcome",
          name(command) + " was answered " + name(before) + " and " + name(answer));
    }
  }

  private void redeemedOnce(Command command, Answer.Granted granted) {
    Optional<Credential> presented = credential(command);
    if (presented.isEmpty()) {
      return;
    }
    Credential credential = presented.get();
    LogPosition position = command.delivery().position();
    Map<CommandId, LogPosition> redemptions = redeemed.computeIfAbsent(credential, key -> new LinkedHashMap<>());
    redemptions.put(command.delivery().commandId(), position);
    answeredAt.put(credential, world.now());
    if (credential.kind().equals("code") && redemptions.size() > 1) {
      throw new PromiseBroken("a credential is redeemed once", "a code by " + redemptions.keySet());
    }
    int successor = credential.generation() + 1;
    if (granted.terms().refresh().isPresent() && granted.terms().refresh().get() != successor) {
      throw new PromiseBroken("a credential is redeemed once",
          name(command) + " got generation " + granted.terms().refresh().get());
    }
    // Within the grace window again, as long as the successor is unused.
    Credential next = new Credential(credential.id(), "refresh_token", successor);
    for (LogPosition used : redeemed.getOrDefault(next, Map.of()).values()) {
      if (used.isBefore(position)) {
        throw new PromiseBroken("a credential is redeemed once", name(command) + " after its successor was used");
      }
    }
  }

  private void provedOnce(Command command) {
    for (ProofClaim claim : command.delivery().claims()) {
      CommandId by = proofs.putIfAbsent(claim.digest(), command.delivery().commandId());
      if (by != null && !by.equals(command.delivery().commandId())) {
        throw new PromiseBroken("a proof is spent once", name(command) + " got a token for " + claim.digest() + ", too");
      }
    }
  }

  private void staysEnded(Command command) {
    command.authorization().map(ended::get).ifPresent(end -> {
      if (end.isBefore(command.delivery().position())) {
        throw new PromiseBroken("what was answered as revoked stays revoked", name(command) + " got a token");
      }
    });
  }

  private void decidedOnce(Command command) {
    String decision = command instanceof Command.ApproveRequest ? "approved"
        : command instanceof Command.RefuseRequest ? "refused" : null;
    if (decision != null) {
      String before = decidedOnDevice.putIfAbsent(command.authorization().orElseThrow(), decision);
      if (before != null && !before.equals(decision)) {
        throw new PromiseBroken("a decision on a device is set once", "it was " + before + ", then " + decision);
      }
    }
  }

  private boolean isInChangelog(Authorization change) {
    LogPosition position = change.applied().position();
    return log.changelog(SimulatedLog.partitionOf(change.id())).stream()
        .map(SimulatedLog.Entry::state)
        .anyMatch(state -> state.id().equals(change.id()) && !state.applied().position().isBefore(position));
  }

  private Optional<Authorization> last(AuthorizationId id) {
    List<SimulatedLog.Entry> entries = log.changelog(SimulatedLog.partitionOf(id));
    return entries.stream().map(SimulatedLog.Entry::state).filter(state -> state.id().equals(id))
        .reduce((first, second) -> second);
  }

  private static Optional<Credential> credential(Command command) {
    if (!(command instanceof TokenRequest request) || request.authorization().isEmpty()) {
      return Optional.empty();
    }
    AuthorizationId id = request.authorization().get();
    Grant grant = request.grant();
    return Optional.of(grant instanceof Grant.RefreshToken refresh
        ? new Credential(id, "refresh_token", refresh.generation())
        : new Credential(id, grant instanceof Grant.DeviceCode ? "device_code" : "code", 0));
  }

  // The poll clock is not recorded, and a former owner may move a window that was answered already: when is no matter here.
  private static AuthorizationState comparable(Authorization authorization) {
    AuthorizationState state = authorization.state();
    if (state instanceof Pending pending) {
      return new Pending(pending.request(), PollClock.notYetPolled(Duration.ZERO));
    }
    if (state instanceof Active active) {
      Rotation whenever = new Rotation(active.rotation().generation(), Instant.EPOCH, Optional.empty());
      return new Active(active.origin(), active.consent(), whenever);
    }
    return state;
  }

  private static Optional<String> eventOf(Authorization state) {
    Answer answer = state.applied().answer();
    if (answer instanceof Answer.Granted) {
      return Optional.of("TokenIssued");
    }
    if (state.state() instanceof Revoked) {
      return Optional.of("AuthorizationRevoked");
    }
    if (answer instanceof Answer.CodeCreated) {
      return Optional.of("AuthorizationCreated");
    }
    if (answer instanceof Answer.RequestCreated) {
      return Optional.of("DeviceAuthorizationCreated");
    }
    return state.state() instanceof Approved ? Optional.of("DeviceAuthorizationApproved")
        : state.state() instanceof Refused ? Optional.of("DeviceAuthorizationRefused")
        : Optional.empty();
  }

  static String name(AuthorizationId id) {
    return "#" + Long.parseLong(id.value().substring(1));
  }

  static String name(Authorization state) {
    String rotation = state.state() instanceof Active active ? " generation " + active.rotation().generation() : "";
    return name(state.id()) + " v" + state.version() + " " + state.state().getClass().getSimpleName() + rotation
        + " @" + state.applied().position().offset();
  }

  static String name(Command command) {
    String what = command instanceof TokenRequest request
        ? request.grant().getClass().getSimpleName()
            + (request.grant() instanceof Grant.RefreshToken refresh ? " " + refresh.generation() : "")
        : command.getClass().getSimpleName();
    String whose = command.authorization().map(id -> " on " + name(id)).orElse("");
    LogPosition position = command.delivery().position();
    return what + whose + " (" + position.partition() + "@" + position.offset() + ")";
  }

  static String name(Answer answer) {
    return answer.match(
        granted -> "Granted" + granted.terms().refresh().map(generation -> " generation " + generation).orElse(""),
        denied -> denied.error().code() + (denied.revoked() ? ", revoked" : ""),
        pending -> pending.error().code(),
        code -> "CodeCreated",
        request -> "RequestCreated",
        signed -> "Signed",
        done -> "Done");
  }
}
