package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import java.util.List;
import java.util.Optional;

/** A user who decides on a device in the login application, sometimes twice and not the same. */
final class DeviceUser implements Actor {
  private final World world;
  private final SimulatedEdge edge;
  private final SimulatedStates states;
  private final Promises promises;
  private final HonestClient device;
  private int decisionsLeft;
  private boolean waiting;

  DeviceUser(World world, SimulatedEdge edge, SimulatedStates states, Promises promises, HonestClient device) {
    this.world = world;
    this.edge = edge;
    this.states = states;
    this.promises = promises;
    this.device = device;
    this.decisionsLeft = 1 + world.below(3);
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public Optional<Runnable> move() {
    if (waiting || decisionsLeft == 0 || !device.isBorn()) {
      return Optional.empty();
    }
    // The edge resolves the user_code first; while the primary does not know it, it answers 503.
    return states.resolveUserCode(device.digest()).map(id -> () -> decide(id));
  }

  private void decide(AuthorizationId id) {
    waiting = true;
    boolean approves = !world.oneIn(4);
    edge.send("user of " + Promises.name(id), SimulatedLog.partitionOf(id),
        delivery -> approves ? approval(delivery, id) : new Command.RefuseRequest(delivery, id, HandleKind.DEVICE_CODE, Given.APP),
        this::answered);
  }

  private static Command approval(Delivery delivery, AuthorizationId id) {
    return new Command.ApproveRequest(delivery, id, HandleKind.DEVICE_CODE, Given.APP, "alice", Optional.empty(),
        Optional.of(Given.NOON), Optional.empty(), List.of("pwd"), Optional.empty());
  }

  private void answered(Optional<Answer> answer) {
    waiting = false;
    boolean unavailable = answer.isEmpty()
        || answer.get() instanceof Answer.Denied denied && denied.error() == TokenError.TEMPORARILY_UNAVAILABLE;
    if (!unavailable) {
      decisionsLeft--;
    }
    if (answer.isPresent() && answer.get() instanceof Answer.Denied denied && denied.error() == TokenError.NOT_FOUND) {
      promises.refused(device.id(), "user of " + Promises.name(device.id()), denied);
    }
  }
}
