package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.command.Command;
import dev.mintlog.fixture.Given;
import java.util.Optional;

/** Ends an authorization once there is something to end, and insists until that is answered. */
final class Revoker implements Actor {
  private final SimulatedEdge edge;
  private final Promises promises;
  private final HonestClient client;
  private boolean waiting;
  private boolean answered;

  Revoker(SimulatedEdge edge, Promises promises, HonestClient client) {
    this.edge = edge;
    this.promises = promises;
    this.client = client;
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public Optional<Runnable> move() {
    if (waiting || answered || !client.isBorn()) {
      return Optional.empty();
    }
    return Optional.of(() -> {
      waiting = true;
      promises.touched(client.id());
      edge.send("revoker", SimulatedLog.partitionOf(client.id()),
          delivery -> new Command.RevokeAuthorization(delivery, client.id(), Given.APP), this::answered);
    });
  }

  private void answered(Optional<Answer> answer) {
    waiting = false;
    answered = answer.isPresent();
  }
}
