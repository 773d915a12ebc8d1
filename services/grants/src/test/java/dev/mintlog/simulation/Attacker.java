package dev.mintlog.simulation;

import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import java.util.Optional;

/** Holds copies of the honest client's code and old handles, but no code_verifier. Also a client of its own. */
final class Attacker implements Actor {
  private final World world;
  private final SimulatedEdge edge;
  private final Promises promises;
  private final HonestClient victim;
  private final boolean onlyAsOtherClient;
  private int attacksLeft;

  Attacker(World world, SimulatedEdge edge, Promises promises, HonestClient victim) {
    this.world = world;
    this.edge = edge;
    this.promises = promises;
    this.victim = victim;
    this.onlyAsOtherClient = world.oneIn(2);
    this.attacksLeft = 1 + world.below(3);
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public Optional<Runnable> move() {
    if (attacksLeft == 0 || !victim.isBorn()) {
      return Optional.empty();
    }
    return Optional.of(this::attack);
  }

  private void attack() {
    attacksLeft--;
    boolean asOtherClient = onlyAsOtherClient || world.oneIn(3);
    // The previous handle alone may be presented again for a while, by whoever passes for the client.
    int old = victim.generation() - (asOtherClient ? 0 : 2);
    Grant grant = old > 0 && world.oneIn(2) ? new Grant.RefreshToken(victim.id(), 1 + world.below(old))
        : victim.isDevice() && asOtherClient ? new Grant.DeviceCode(victim.id())
        : stolenCode(asOtherClient);
    if (!asOtherClient) {
      promises.touched(victim.id());
    }
    String clientId = asOtherClient ? Given.OTHER_APP : Given.APP;
    edge.send("attacker as " + clientId, SimulatedLog.partitionOf(victim.id()),
        delivery -> hostile(delivery, clientId, grant), answer -> {});
  }

  private Grant stolenCode(boolean withVerifier) {
    Optional<CodeChallenge> verified = withVerifier ? Optional.of(Given.CHALLENGE)
        : world.oneIn(2) ? Optional.of(Given.OTHER_CHALLENGE) : Optional.empty();
    return new Grant.AuthorizationCode(victim.id(), Optional.of(Given.REDIRECT), verified);
  }

  private Command hostile(Delivery delivery, String clientId, Grant grant) {
    promises.hostile(delivery.commandId());
    return new Command.TokenRequest(delivery, "default", clientId, grant, Optional.empty());
  }
}
