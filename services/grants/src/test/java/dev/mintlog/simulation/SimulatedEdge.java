package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends commands and hands out answers; gives up after a while, and drops what comes later. */
final class SimulatedEdge {
  static final Duration WAIT = Duration.ofSeconds(10);
  static final Duration DEADLINE = Duration.ofSeconds(9);

  static final Duration PROOF_LIFETIME = Duration.ofMinutes(5);

  private record Exchange(Command command, Instant giveUpAt, Consumer<Optional<Answer>> answered) {}

  private final World world;
  private final SimulatedLog log;
  private final Promises promises;
  private final Set<Rule> off;
  private final Map<CommandId, Exchange> waiting = new LinkedHashMap<>();
  private long commands;

  SimulatedEdge(World world, SimulatedLog log, Promises promises, Set<Rule> off) {
    this.world = world;
    this.log = log;
    this.promises = promises;
    this.off = off;
  }

  /**
   * Sends a command.
   *
   * @param who for the story
   * @param answered hears the answer, or nothing where the edge gave up (503)
   */
  void send(String who, int partition, Function<Delivery, Command> command, Consumer<Optional<Answer>> answered) {
    CommandId id = Given.commandId(++commands);
    Instant now = world.now();
    // Every other request is authenticated by an assertion of its own.
    List<ProofClaim> proofs = commands % 2 == 0 ? List.of(proof(commands, now)) : List.of();
    Command sent = log.append(partition,
        position -> command.apply(new Delivery(id, position, now, now, now.plus(DEADLINE), 1).withClaims(proofs)));
    waiting.put(id, new Exchange(sent, now.plus(WAIT), answered));
    promises.sent(sent);
    world.tell("%s sends %s", who, Promises.name(sent));
  }

  /** A proof made now. */
  static ProofClaim proof(long number, Instant now) {
    return new ProofClaim(
        ProofKind.CLIENT_ASSERTION, "proof " + number, now, now.plus(PROOF_LIFETIME).plus(WAIT));
  }

  void reply(Command command, Answer answer, String by) {
    promises.replied(command, answer);
    Exchange exchange = waiting.remove(addressee(command).delivery().commandId());
    world.tell("%s replies to %s: %s%s", by, Promises.name(command), Promises.name(answer),
        exchange == null ? " (late, dropped)" : "");
    if (exchange != null) {
      promises.delivered(exchange.command(), command, answer);
      exchange.answered().accept(Optional.of(answer));
    }
  }

  /** Answers 503 to all whose wait is over. */
  void giveUp() {
    List<Exchange> over = new ArrayList<>();
    waiting.values().stream().filter(exchange -> world.now().isAfter(exchange.giveUpAt())).forEach(over::add);
    for (Exchange exchange : over) {
      waiting.remove(exchange.command().delivery().commandId());
      world.tell("edge gives up on %s: 503", Promises.name(exchange.command()));
      exchange.answered().accept(Optional.empty());
    }
  }

  private Command addressee(Command command) {
    return off.contains(Rule.REPLY_CORRELATED) && !waiting.isEmpty()
        ? waiting.values().iterator().next().command()
        : command;
  }
}
