package dev.mintlog.processor;

import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaReach;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.processor.changelog.ChangelogRepair;
import dev.mintlog.processor.command.TokenCommandConsumer;
import dev.mintlog.processor.command.TokenCommandMapper;
import dev.mintlog.processor.life.RegistryRegistrations;
import dev.mintlog.processor.life.RegistryWait;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.processor.life.StepRunner;
import dev.mintlog.processor.redis.RedisWatch;
import dev.mintlog.registry.apply.KeyRotation;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One grant processor: its parts in the order they are opened, wired by hand, and its life. Any number of them in one
 * consumer group share the partitions of token-commands among themselves.
 */
public final class GrantProcessor implements Part, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrantProcessor.class);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
  private static final Duration REACH_EVERY = Duration.ofSeconds(5);
  private static final Duration JOIN_WAIT = Duration.ofSeconds(5);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

  private final Settings settings;
  private final Supplier<RecordCodec> codecs;
  private final StepObserver observer;
  private final Consumer<String> end;
  private final OpenedParts opened = new OpenedParts();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
    Thread thread = new Thread(task, "processor-timer");
    thread.setDaemon(true);
    return thread;
  }, new ThreadPoolExecutor.DiscardPolicy());

  private TokenCommandConsumer commands;
  private Health health;

  /**
   * A processor that is not started yet.
   *
   * @param settings of {@link ProcessorKeys#ALL}
   * @param end told why the processor cannot go on; it is to be stopped then
   */
  public GrantProcessor(Settings settings, Consumer<String> end) {
    this(settings, StepObserver.NONE, end);
  }

  /** @param observer sees each step; for tests */
  public GrantProcessor(Settings settings, StepObserver observer, Consumer<String> end) {
    this(settings, () -> Connections.codec(settings), observer, end);
  }

  GrantProcessor(
      Settings settings, Supplier<RecordCodec> codecs, StepObserver observer, Consumer<String> end) {
    this.settings = settings;
    this.codecs = codecs;
    this.observer = observer;
    this.end = end;
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * A processor beside other things in one process; {@link #close()} ends it. Should it be unable to go on, it says so
   * in the log and ends by itself.
   */
  public static GrantProcessor start(Settings settings) throws InterruptedException {
    return start(settings, StepObserver.NONE);
  }

  /** @param observer sees each step; for tests */
  public static GrantProcessor start(Settings settings, StepObserver observer) throws InterruptedException {
    CompletableFuture<GrantProcessor> started = new CompletableFuture<>();
    GrantProcessor processor = new GrantProcessor(settings, observer, why -> {
      LOG.error("the grant processor ends: {}", why);
      started.thenAcceptAsync(GrantProcessor::close);
    });
    try {
      processor.start();
    } catch (RuntimeException | InterruptedException e) {
      processor.close();
      throw e;
    }
    started.complete(processor);
    return processor;
  }

  /** {@link #stop} with a bound of ten seconds. */
  @Override
  public void close() {
    try {
      stop(DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String name() {
    return "grant processor";
  }

  /** Checks, gauges: those of the health port, for who runs the processor beside other parts. */
  public Health health() {
    return health;
  }

  @Override
  public void start() throws InterruptedException {
    try {
      open();
    } catch (ChannelStartException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized void stop(Duration drainMax) throws InterruptedException {
    opened.close(drainMax);
  }

  private void open() throws InterruptedException {
    opened.closeWith("timer", drain -> timer.shutdownNow());
    StartConditions start = new StartConditions(settings.get(ProcessorKeys.START_WAIT), timer);
    ProcessorLog log = ProcessorLog.open(settings, codecs, start, opened);
    ProcessorStore store = ProcessorStore.open(Connections.redis(settings), log, start, opened);
    ProcessorOutcomes outcomes =
        ProcessorOutcomes.open(settings.get(ProcessorKeys.SIGNING_THREADS), log, start, opened);
    StepRunner runner = runner(log, store, outcomes);
    Duration sessionTimeout =
        settings.find(ProcessorKeys.SESSION_TIMEOUT).orElseGet(() -> Consumers.sessionTimeout(log.admin()));
    commands = commands(log, outcomes, new Intermediary(runner, store.restores(), observer, end), sessionTimeout);
    ChangelogRepair repair = opened.add("changelog repair", new ChangelogRepair(
        outcomes.tail(), outcomes.ownRecords(), store.states(), commands::owned, Clock.systemUTC()));
    KeyRotationWatch rotation = rotation(log, outcomes);
    KafkaReach reach = new KafkaReach(log.admin());
    health = ProcessorHealth.of(reach, commands, List.of(outcomes.clock(), store.clock()), outcomes.keys())
        .and(ProcessorHealth.gauges(log, store, repair, runner, outcomes.dead(), commands, rotation));
    HealthPort.open(settings, health, opened);

    store.restores().start();
    commands.start();
    repair.start();
    // The rest is for the others to close in.
    opened.closeWith("commands", drain -> commands.close(drain.multipliedBy(3).dividedBy(4)));
    RedisWatch watch =
        new RedisWatch(store.link(), store.forms(), store.restores(), commands::owned, store.clock());
    every(WATCH_EVERY, watch::look);
    every(WATCH_EVERY, rotation::look);
    every(REACH_EVERY, reach::ask);
    awaitJoined();
    LOG.info("grant processor of group {} is up at registry revision {}, session timeout {} ms",
        settings.get(ProcessorKeys.GROUP_ID), log.registry().current().revision(), sessionTimeout.toMillis());
  }

  private StepRunner runner(ProcessorLog log, ProcessorStore store, ProcessorOutcomes outcomes) {
    StepRunner runner = new StepRunner(store.states(), outcomes.publisher(),
        new UsableKeys(new RegistryRegistrations(log.registry()), outcomes.keys()::problem, end),
        outcomes.revocations(), new RegistryWait(settings.get(ProcessorKeys.REGISTRY_WAIT), timer, end), observer,
        Clock.systemUTC(), timer, (command, done) ->
            outcomes.dead().bury(command.record(), "a fault prevented even its refusal; see the log", done));
    log.registry().onRevision(snapshot -> runner.lookAgain());
    return runner;
  }

  private TokenCommandConsumer commands(
      ProcessorLog log, ProcessorOutcomes outcomes, TokenCommandConsumer.Listener listener, Duration sessionTimeout) {
    TokenCommandMapper mapper = new TokenCommandMapper(LogLayout.topicId(log.admin(), Topics.COMMANDS),
        log.partitions(), new Opener(log.channelSecrets(), Direction.COMMAND));
    return new TokenCommandConsumer(
        Consumers.commands(log.kafka(), settings.get(ProcessorKeys.GROUP_ID), sessionTimeout), log.records(), mapper,
        outcomes.dead(), listener, settings.get(ProcessorKeys.COMMANDS_IN_FLIGHT_MAX));
  }

  private KeyRotationWatch rotation(ProcessorLog log, ProcessorOutcomes outcomes) {
    KeyRotation keyRotation =
        new KeyRotation(log.kafka(), log.codec(), log.keyEncryptionKeys(), Clock.systemUTC(), new SecureRandom());
    return opened.add("key rotation", new KeyRotationWatch(log.registry()::current, keyRotation::rotateDue,
        () -> commands.owned().contains(0) && outcomes.clock().problem().isEmpty(), Clock.systemUTC()));
  }

  private void every(Duration period, Runnable look) {
    timer.scheduleWithFixedDelay(() -> {
      try {
        look.run();
      } catch (RuntimeException e) {
        LOG.warn("a periodic look failed", e);
      }
    }, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  // What a person sees next is a request that is answered at once. A group that is just being rebalanced may take
  // longer.
  private void awaitJoined() throws InterruptedException {
    long deadline = System.nanoTime() + JOIN_WAIT.toNanos();
    while (!commands.hasJoined() && commands.isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
