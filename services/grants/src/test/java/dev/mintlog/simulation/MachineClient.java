package dev.mintlog.simulation;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.proof.ProofClaim;
import java.util.List;
import java.util.Optional;

/** A client of its own right: client_credentials, which have no state and no lane. Its assertions are stolen at times. */
final class MachineClient implements Actor {
  private static final long PROOFS = 10_000;

  private final World world;
  private final SimulatedEdge edge;
  private long proofs = PROOFS;
  private Optional<ProofClaim> last = Optional.empty();
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
    Optional<ProofClaim> stolen =
        last.filter(proof -> world.now().isBefore(proof.issuedAt().plus(SimulatedEdge.PROOF_LIFETIME)));
    if (stolen.isPresent() && world.oneIn(3)) {
      return Optional.of(() -> send("thief", List.of(stolen.get())));
    }
    if (waiting) {
      return Optional.empty();
    }
    return Optional.of(() -> {
      waiting = true;
      last = world.oneIn(3) ? Optional.empty() : Optional.of(SimulatedEdge.proof(proofs++, world.now()));
      send("machine", last.map(List::of).orElse(List.of()));
    });
  }

  private void send(String who, List<ProofClaim> claims) {
    edge.send(who, world.below(World.PARTITIONS), delivery -> new Command.TokenRequest(delivery.withClaims(claims),
        "default", Given.APP, new Grant.ClientCredentials(), Optional.empty()), answer -> {
          waiting = waiting && who.equals("thief");
        });
  }
}
