package dev.mintlog.simulation;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import java.util.Optional;

/** A client of its own right: client_credentials, which have no state and no lane. */
final class MachineClient implements Actor {
  private final World world;
  private final SimulatedEdge edge;
  private boolean waiting;

  MachineClient(World world, SimulatedEdge edge) {
    this.world = world;
    this.edge = edge;
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public Optional<Runnable> move() {
    if (waiting) {
      return Optional.empty();
    }
    return Optional.of(() -> {
      waiting = true;
      edge.send("machine", world.below(World.PARTITIONS), delivery -> new Command.TokenRequest(
          delivery, "default", Given.APP, new Grant.ClientCredentials(), Optional.empty()), answer -> waiting = false);
    });
  }
}
