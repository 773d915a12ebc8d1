package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A client that does everything right, by code or by device: redeems, refreshes, asks again when it hears 503. */
final class HonestClient implements Actor {
  private enum Phase { UNBORN, HOLDS_CODE, HOLDS_DEVICE_CODE, HOLDS_HANDLE, THROUGH }

  private final World world;
  private final SimulatedEdge edge;
  private final Promises promises;
  private final AuthorizationId id;
  private final HandleKind origin;
  private final int refreshesMax;
  private Phase phase = Phase.UNBORN;
  private boolean waiting;
  private boolean aboutToRetry;
  private boolean born;
  private int generation;
  private int refreshes;
  private Instant nextPoll = Instant.MIN;

  HonestClient(World world, SimulatedEdge edge, Promises promises, AuthorizationId id, HandleKind origin,
      int refreshesMax) {
    this.world = world;
    this.edge = edge;
    this.promises = promises;
    this.id = id;
    this.origin = origin;
    this.refreshesMax = refreshesMax;
  }

  AuthorizationId id() {
    return id;
  }

  boolean isDevice() {
    return origin == HandleKind.DEVICE_CODE;
  }

  /** Whether it heard of its code or device_code. */
  boolean isBorn() {
    return born;
  }

  /** The generation it holds; 0 before the first. */
  int generation() {
    return generation;
  }

  String digest() {
    return "digest of " + id.value();
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public boolean isAboutToRetry() {
    return aboutToRetry;
  }

  @Override
  public void hoursPassed() {
    if (phase != Phase.HOLDS_HANDLE) {
      phase = Phase.THROUGH;
    }
  }

  @Override
  public Optional<Runnable> move() {
    if (waiting || phase == Phase.THROUGH) {
      return Optional.empty();
    }
    return switch (phase) {
      case UNBORN -> Optional.of(() -> send(this::birth));
      case HOLDS_CODE -> Optional.of(() -> send(delivery -> request(delivery,
          new Grant.AuthorizationCode(id, Optional.of(Given.REDIRECT), Optional.of(Given.CHALLENGE)))));
      case HOLDS_DEVICE_CODE -> world.now().isBefore(nextPoll) && !world.oneIn(6)
          ? Optional.empty()
          : Optional.of(() -> send(delivery -> request(delivery, new Grant.DeviceCode(id))));
      default -> Optional.of(() -> send(delivery -> request(delivery, new Grant.RefreshToken(id, generation))));
    };
  }

  private Command birth(Delivery delivery) {
    if (isDevice()) {
      return new Command.CreateDeviceAuthorization(delivery, id, Given.APP, Optional.empty(), List.of(digest()));
    }
    Optional<CodeChallenge> challenge = Optional.of(Given.CHALLENGE);
    return new Command.CreateAuthorization(delivery, id, Given.consent("openid", "offline_access", "orders"),
        Optional.of(Given.REDIRECT), challenge);
  }

  private static Command request(Delivery delivery, Grant grant) {
    return new Command.TokenRequest(delivery, "default", Given.APP, grant, Optional.empty());
  }

  private void send(java.util.function.Function<Delivery, Command> command) {
    waiting = true;
    aboutToRetry = false;
    edge.send("client " + Promises.name(id), SimulatedLog.partitionOf(id), command, this::answered);
  }

  private void answered(Optional<Answer> answer) {
    waiting = false;
    boolean unavailable = answer.isEmpty()
        || answer.get() instanceof Answer.Denied denied && denied.error() == TokenError.TEMPORARILY_UNAVAILABLE;
    if (unavailable) {
      retryOrStartAgain();
      return;
    }
    Answer heard = answer.get();
    born = true;
    if (heard instanceof Answer.CodeCreated) {
      phase = Phase.HOLDS_CODE;
    } else if (heard instanceof Answer.RequestCreated) {
      phase = Phase.HOLDS_DEVICE_CODE;
    } else if (heard instanceof Answer.Pending pending) {
      nextPoll = world.now().plus(pending.interval());
    } else if (heard instanceof Answer.Granted granted) {
      refreshes += phase == Phase.HOLDS_HANDLE ? 1 : 0;
      phase = refreshes < refreshesMax ? Phase.HOLDS_HANDLE : Phase.THROUGH;
      generation = granted.terms().refresh().orElseThrow();
    } else {
      phase = Phase.THROUGH;
      TokenError error = ((Answer.Denied) heard).error();
      if (error != TokenError.ACCESS_DENIED && error != TokenError.EXPIRED_TOKEN) {
        promises.refused(id, "client " + Promises.name(id), heard);
      }
    }
  }

  // A 503 to a code's command says to start again; everything else is presented again.
  private void retryOrStartAgain() {
    if (phase == Phase.HOLDS_CODE || phase == Phase.UNBORN) {
      phase = Phase.THROUGH;
    } else {
      aboutToRetry = true;
    }
  }
}
