package dev.mintlog.simulation;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.command.Command;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The topics that matter here: token-commands, token-events and authorizations. All that is appended is durable. */
final class SimulatedLog {
  /** {@code min.compaction.lag.ms}. */
  static final Duration COMPACTION_LAG = Duration.ofHours(1);

  /** A changelog record and who wrote it. */
  record Entry(Authorization state, int writer, Instant at) {}

  private final World world;
  private final List<List<Command>> commands = new ArrayList<>();
  private final List<List<Entry>> changelog = new ArrayList<>();
  private final Map<String, AuditEvent> events = new LinkedHashMap<>();

  SimulatedLog(World world) {
    this.world = world;
    for (int i = 0; i < World.PARTITIONS; i++) {
      commands.add(new ArrayList<>());
      changelog.add(new ArrayList<>());
    }
  }

  static int partitionOf(AuthorizationId id) {
    return Math.floorMod(id.value().hashCode(), World.PARTITIONS);
  }

  <C extends Command> C append(int partition, Function<LogPosition, C> command) {
    List<Command> log = commands.get(partition);
    C appended = command.apply(new LogPosition(Given.TOPIC, partition, log.size()));
    log.add(appended);
    return appended;
  }

  List<Command> commands(int partition) {
    return commands.get(partition);
  }

  /** Consumers deduplicate by event id: the first one stays, and a later one of the same id has to be equal. */
  void append(AuditEvent event) {
    AuditEvent before = events.putIfAbsent(event.eventId(), event);
    if (before instanceof AuditEvent.TokenIssued first && event instanceof AuditEvent.TokenIssued again
        && !first.terms().equals(again.terms())) {
      throw new PromiseBroken("a redelivered command has the same outcome",
          event.eventId() + " was issued as " + first.terms() + " and as " + again.terms());
    }
  }

  boolean hasEvent(String eventId) {
    return events.containsKey(eventId);
  }

  Collection<AuditEvent> events() {
    return events.values();
  }

  void append(Authorization state, int writer) {
    changelog.get(partitionOf(state.id())).add(new Entry(state, writer, world.now()));
  }

  List<Entry> changelog(int partition) {
    return changelog.get(partition);
  }

  /** Keeps the last record per key, as compaction does: the last, not the newest. Younger ones than the lag stay. */
  void compact() {
    for (List<Entry> partition : changelog) {
      Map<AuthorizationId, Entry> last = new LinkedHashMap<>();
      partition.forEach(entry -> last.put(entry.state().id(), entry));
      Instant young = world.now().minus(COMPACTION_LAG);
      partition.removeIf(entry -> entry.at().isBefore(young) && last.get(entry.state().id()) != entry);
    }
  }
}
