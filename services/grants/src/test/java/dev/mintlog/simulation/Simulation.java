package dev.mintlog.simulation;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.fixture.Given;
import dev.mintlog.store.InMemoryAuthorizationStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One run: a seed, the rules that are off, and what came of it. */
final class Simulation {
  private static final int MOVES = 160;
  private static final int MOVES_TO_REST_MAX = 4000;

  /** A run that broke a promise. */
  record Failure(long seed, Throwable broken, List<String> story) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + broken.getMessage() + "\n  " + String.join("\n  ", story)
          + "\n  => " + broken.getMessage()
          + "\nReplay with -Dmintlog.simulation.seed=" + seed;
    }
  }

  private final World world;
  private final SimulatedLog log;
  private final Promises promises;
  private final SimulatedStates states;
  private final SimulatedEdge edge;
  private final Group group = new Group();
  private final List<SimulatedProcessor> processors = new ArrayList<>();
  private final List<Actor> actors = new ArrayList<>();
  private InMemoryAuthorizationStates.Snapshot snapshot;
  private int crashesLeft;
  private int rebalancesLeft;
  private int pausesLeft;
  private int lossesLeft;
  private int stallsLeft;
  private int outagesLeft;
  private int hoursLeft;

  private Simulation(long seed, Set<Rule> off, boolean tells) {
    world = new World(seed, tells);
    log = new SimulatedLog(world);
    promises = new Promises(world, log);
    states = new SimulatedStates(world, log, off);
    edge = new SimulatedEdge(world, log, promises, off);
    for (int i = 0; i < 2; i++) {
      processors.add(new SimulatedProcessor(i, world, log, states, edge, group, promises, off));
    }
    for (int partition = 0; partition < World.PARTITIONS; partition++) {
      assign(partition, world.below(2));
    }
    people();
    snapshot = states.snapshot();
    crashesLeft = world.below(4);
    rebalancesLeft = world.below(4);
    pausesLeft = world.below(4);
    lossesLeft = world.below(4);
    stallsLeft = world.oneIn(2) ? world.below(10) : 0;
    outagesLeft = world.oneIn(3) ? 1 : 0;
    hoursLeft = world.oneIn(4) ? 1 : 0;
  }

  /** Runs a seed; a failing one is run again to hear its story. */
  static Optional<Failure> run(long seed, Set<Rule> off) {
    try {
      new Simulation(seed, off, false).run();
      return Optional.empty();
    } catch (PromiseBroken | RuntimeException broken) {
      Simulation again = new Simulation(seed, off, true);
      try {
        again.run();
        throw new IllegalStateException("expected seed " + seed + " to fail again, but it did not", broken);
      } catch (PromiseBroken | RuntimeException sameAgain) {
        return Optional.of(new Failure(seed, sameAgain, again.world.story()));
      }
    }
  }

  static Optional<Failure> run(long seed) {
    return run(seed, EnumSet.noneOf(Rule.class));
  }

  private void people() {
    int clients = 1 + world.below(3);
    for (int i = 0; i < clients; i++) {
      HandleKind origin = world.oneIn(3) ? HandleKind.DEVICE_CODE : HandleKind.CODE;
      HonestClient client =
          new HonestClient(world, edge, promises, Given.id(i + 1), origin, 1 + world.below(5));
      actors.add(client);
      if (client.isDevice()) {
        actors.add(new DeviceUser(world, edge, states, promises, client));
      }
      if (world.oneIn(4)) {
        actors.add(new Revoker(edge, promises, client));
      }
      if (world.oneIn(3)) {
        actors.add(new Attacker(world, edge, promises, client));
      }
    }
    if (world.oneIn(3)) {
      actors.add(new MachineClient(world, edge));
    }
  }

  private void run() {
    for (int i = 0; i < MOVES; i++) {
      oneMove();
    }
    comeToRest();
  }

  private void oneMove() {
    world.pass(Duration.ofMillis(world.below(150)));
    edge.giveUp();
    if (world.oneIn(10)) {
      mishap();
    } else {
      List<Runnable> moves = processorMoves();
      boolean somebodyAsks = moves.isEmpty() || world.oneIn(4);
      if (somebodyAsks) {
        Optional<Runnable> move = actors.get(world.below(actors.size())).move();
        move.ifPresent(Runnable::run);
      } else {
        moves.get(world.below(moves.size())).run();
      }
    }
    promises.atEveryMoment(states);
  }

  private List<Runnable> processorMoves() {
    List<Runnable> moves = new ArrayList<>();
    processors.forEach(processor -> moves.addAll(processor.moves()));
    return moves;
  }

  private void mishap() {
    SimulatedProcessor processor = processors.get(world.below(2));
    int partition = world.below(World.PARTITIONS);
    switch (world.below(12)) {
      case 0 -> crash(processor);
      case 1 -> rebalance(partition);
      case 2 -> pause(processor);
      case 3 -> wake(processor);
      case 4 -> notice(processor, partition);
      case 5 -> loseRedis();
      case 6 -> snapshot = states.snapshot();
      case 7, 8 -> stall();
      case 9 -> processor.repairChangelog();
      case 10 -> outage();
      default -> hoursPass();
    }
  }

  private void crash(SimulatedProcessor processor) {
    if (crashesLeft > 0 && processor.isBusy()) {
      crashesLeft--;
      world.tell("%s crashes", processor.name());
      processor.crash();
      handOver(processor);
    }
  }

  // Its partitions go to the other one, or back to itself after a restart where the other one is paused.
  private void handOver(SimulatedProcessor from) {
    int number = processors.indexOf(from);
    int heir = processors.get(1 - number).isPaused() ? number : 1 - number;
    for (int partition = 0; partition < World.PARTITIONS; partition++) {
      if (group.owner(partition) == number) {
        assign(partition, heir);
      }
    }
  }

  private void assign(int partition, int owner) {
    group.assign(partition, owner);
    processors.get(owner).take(partition);
    world.tell("%s owns partition %d from offset %d", processors.get(owner).name(), partition,
        group.committed(partition));
  }

  private void rebalance(int partition) {
    int owner = group.owner(partition);
    if (rebalancesLeft > 0 && !processors.get(1 - owner).isPaused()) {
      rebalancesLeft--;
      // Who is not told goes on until it notices.
      if (world.oneIn(2)) {
        processors.get(owner).lose(partition);
      }
      assign(partition, 1 - owner);
    }
  }

  private void pause(SimulatedProcessor processor) {
    SimulatedProcessor other = processors.get(1 - processors.indexOf(processor));
    if (pausesLeft > 0 && !processor.isPaused() && !other.isPaused() && processor.isBusy()) {
      pausesLeft--;
      world.tell("%s pauses", processor.name());
      processor.pause();
      handOver(processor);
    }
  }

  private void wake(SimulatedProcessor processor) {
    if (processor.isPaused()) {
      world.tell("%s wakes", processor.name());
      processor.wake();
    }
  }

  private void notice(SimulatedProcessor processor, int partition) {
    if (processor.believesToOwn(partition) && group.owner(partition) != processors.indexOf(processor)) {
      world.tell("%s notices that it lost partition %d", processor.name(), partition);
      processor.lose(partition);
    }
  }

  private void loseRedis() {
    if (lossesLeft == 0) {
      return;
    }
    lossesLeft--;
    if (world.oneIn(2)) {
      world.tell("Redis is wiped");
      states.wipe();
    } else {
      world.tell("Redis restarts without its last writes");
      states.restartFrom(snapshot);
    }
    snapshot = states.snapshot();
  }

  // Nothing moves for some seconds. Whoever heard 503 asks again first.
  private void stall() {
    if (stallsLeft > 0 && actors.stream().noneMatch(Actor::isAboutToRetry)) {
      stallsLeft--;
      Duration time = Duration.ofMillis(3000 + world.below(9000));
      world.tell("nothing moves for %d ms", time.toMillis());
      world.pass(time);
      edge.giveUp();
    }
  }

  // Nothing is acknowledged for longer than a grace window, but edges take requests and clients go on asking.
  private void outage() {
    if (outagesLeft == 0) {
      return;
    }
    outagesLeft--;
    world.tell("nothing is acknowledged for a while");
    for (int i = 0; i < 8; i++) {
      for (Actor actor : actors) {
        if (actor.isAboutToRetry()) {
          actor.move().ifPresent(Runnable::run);
        }
      }
      world.pass(Duration.ofSeconds(11));
      edge.giveUp();
    }
  }

  // More than the compaction lag passes in peace: former owners have noticed and owners have repaired by then.
  private void hoursPass() {
    boolean peace = actors.stream().noneMatch(actor -> actor.isWaiting() || actor.isAboutToRetry())
        && processors.stream().noneMatch(processor -> processor.isPaused() || processor.isBusy())
        && IntStream.range(0, World.PARTITIONS)
            .allMatch(partition -> group.committed(partition) == log.commands(partition).size());
    if (hoursLeft > 0 && peace) {
      hoursLeft--;
      processors.forEach(SimulatedProcessor::repairChangelog);
      world.tell("hours pass, the changelog is compacted");
      world.pass(SimulatedLog.COMPACTION_LAG.plusMinutes(10));
      actors.forEach(Actor::hoursPassed);
      log.compact();
    }
  }

  private void comeToRest() {
    processors.forEach(this::wake);
    for (int i = 0; i < MOVES_TO_REST_MAX; i++) {
      List<Runnable> moves = processorMoves();
      if (moves.isEmpty()) {
        boolean repaired = processors.stream().map(SimulatedProcessor::repairChangelog).anyMatch(did -> did);
        if (!repaired) {
          promises.atRest(states);
          return;
        }
      } else {
        world.pass(Duration.ofMillis(world.below(50)));
        moves.get(world.below(moves.size())).run();
        promises.atEveryMoment(states);
      }
    }
    throw new PromiseBroken("every command settles", "something still moves after " + MOVES_TO_REST_MAX + " moves");
  }
}
