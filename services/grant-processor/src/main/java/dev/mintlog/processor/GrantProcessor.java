package dev.mintlog.processor;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.KafkaReach;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.processor.command.DeadCommands;
import dev.mintlog.processor.command.TokenCommandConsumer;
import dev.mintlog.processor.command.TokenCommandMapper;
import dev.mintlog.processor.jose.JoseTokenSigner;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.RegistryRegistrations;
import dev.mintlog.processor.life.RegistryWait;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.processor.life.StepRunner;
import dev.mintlog.processor.outcome.OutcomePublisher;
import dev.mintlog.processor.outcome.SigningThreads;
import dev.mintlog.processor.redis.KafkaChangelog;
import dev.mintlog.processor.redis.PartitionRestores;
import dev.mintlog.processor.redis.RedisAuthorizationStates;
import dev.mintlog.processor.redis.RedisChecks;
import dev.mintlog.processor.redis.RedisForms;
import dev.mintlog.processor.redis.RedisLink;
import dev.mintlog.processor.redis.RedisWatch;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.registry.apply.KeyRotation;
import dev.mintlog.registry.apply.RevocationPublication;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.runtime.health.HealthServer;
import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import dev.mintlog.token.TokenIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One grant processor: wired here, by hand, top to bottom. Any number of them in one consumer group share the
 * partitions of token-commands among themselves.
 */
public final class GrantProcessor implements Part, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrantProcessor.class);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
  private static final Duration REACH_EVERY = Duration.ofSeconds(5);
  private static final Duration JOIN_WAIT = Duration.ofSeconds(5);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

  private final Settings settings;
  private final Supplier<RecordCodec> codecs;
  private final StepObserver observer;
  private final Consumer<String> end;
  private final Duration startWait;
  private final Deque<Closing> closings = new ArrayDeque<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
    Thread thread = new Thread(task, "processor-timer");
    thread.setDaemon(true);
    return thread;
  }, new ThreadPoolExecutor.DiscardPolicy());

  private TokenCommandConsumer commands;
  private Health health;

  /** Closes one thing that was opened. */
  private interface Closing {
    void close(Duration drainMax) throws Exception;
  }

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
    this.startWait = settings.get(ProcessorKeys.START_WAIT);
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
    while (!closings.isEmpty()) {
      try {
        closings.pop().close(drainMax);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.warn("something did not close well: {}", e.toString());
      }
    }
  }

  private void open() throws InterruptedException {
    closings.push(drain -> timer.shutdownNow());
    KafkaSettings kafka = Connections.kafka(settings, "processor");
    SecretRing channelSecrets = Connections.channelSecrets(settings);
    SecretRing keyEncryptionKeys = Connections.keyEncryptionKeys(settings);

    RecordCodec codec = opened(codecs.get());
    waiting("the schema registry at " + settings.get(ConnectionKeys.SCHEMA_REGISTRY_URL), () -> {
      codec.prepare(WireSchemas.byTopic(), startWait);
      return null;
    });
    RegistryView registry = opened(waiting("Kafka at " + kafka.bootstrapServers() + " and a registry revision there",
        () -> RegistryView.open(kafka, codec, settings.get(ConnectionKeys.REGISTRY_PUBLIC_KEY), startWait)));
    Admin admin = opened(Admins.open(kafka));
    requireNone("", LogLayout.problems(admin, kafka, registry.current().partitions()));
    Partitions partitions = new Partitions(registry.current().partitions());

    RedisLink link = opened(new RedisLink(settings.get(ConnectionKeys.REDIS_URI), timer));
    connect(link);
    requireNone("redis.uri: Redis at " + link.address() + ": ", RedisChecks.problems(link));

    LogRecords records = new LogRecords(codec, new RecordMac(channelSecrets));
    RedisForms forms = RedisForms.of(codec, channelSecrets);
    ChangelogStates changelogStates = new ChangelogStates(codec,
        new Sealer(keyEncryptionKeys, Direction.CHANGELOG), new Opener(keyEncryptionKeys, Direction.CHANGELOG));
    PartitionRestores restores = opened(new PartitionRestores(link, forms,
        new KafkaChangelog(() -> Consumers.toTheEnd(kafka), records, changelogStates), Clock.systemUTC()));
    RedisAuthorizationStates states = new RedisAuthorizationStates(link, partitions, forms, restores);

    KafkaProducer<byte[], byte[]> producer = Producers.processor(kafka);
    closings.push(drain -> producer.close(CLOSE_MAX));
    Producers.awaitMetadata(producer,
        List.of(Topics.EVENTS, Topics.AUTHORIZATIONS, Topics.REPLIES, Topics.COMMANDS_DEAD), startWait);

    ClockFit clock = new ClockFit("this machine's clock", Clock.systemUTC());
    ClockFit redisClock = new ClockFit("this machine's clock", "Redis's", Clock.systemUTC());
    JoseTokenSigner signer = new JoseTokenSigner(RegisteredSigningKeys.of(registry, keyEncryptionKeys));
    SigningThreads signing = opened(new SigningThreads(settings.get(ProcessorKeys.SIGNING_THREADS)));
    OutcomePublisher outcomes = new OutcomePublisher(producer, records, codec, changelogStates,
        new Sealer(channelSecrets, Direction.REPLY), new TokenIssuer(signer), signing, clock);
    DeadCommands dead = new DeadCommands(producer, records, timer);
    RevocationPublication publication =
        new RevocationPublication(kafka, codec, keyEncryptionKeys, Clock.systemUTC());
    PublishedRevocations revocations = opened(new PublishedRevocations(publication::publish));
    StepRunner runner = new StepRunner(states, outcomes, new RegistryRegistrations(registry), revocations,
        new RegistryWait(settings.get(ProcessorKeys.REGISTRY_WAIT), timer, end), observer, Clock.systemUTC(), timer,
        (command, done) -> dead.bury(command.record(), "a fault prevented even its refusal; see the log", done));
    registry.onRevision(snapshot -> runner.lookAgain());

    TokenCommandMapper mapper = new TokenCommandMapper(LogLayout.topicId(admin, Topics.COMMANDS), partitions,
        new Opener(channelSecrets, Direction.COMMAND));
    Duration sessionTimeout =
        settings.find(ProcessorKeys.SESSION_TIMEOUT).orElseGet(() -> Consumers.sessionTimeout(admin));
    commands = new TokenCommandConsumer(
        Consumers.commands(kafka, settings.get(ProcessorKeys.GROUP_ID), sessionTimeout), records, mapper, dead,
        new Intermediary(runner, restores, observer, end), settings.get(ProcessorKeys.COMMANDS_IN_FLIGHT_MAX));

    KeyRotation keyRotation =
        new KeyRotation(kafka, codec, keyEncryptionKeys, Clock.systemUTC(), new SecureRandom());
    KeyRotationWatch rotation = opened(new KeyRotationWatch(registry::current, keyRotation::rotateDue,
        () -> commands.owned().contains(0) && clock.problem().isEmpty(), Clock.systemUTC()));

    KafkaReach reach = new KafkaReach(admin);
    health = ProcessorHealth.of(reach, commands, List.of(clock, redisClock))
        .and(ProcessorHealth.gauges(registry, link, restores, runner, dead, commands, rotation));
    serveHealth();
    restores.start();
    commands.start();
    // The rest is for the others to close in.
    closings.push(drain -> commands.close(drain.multipliedBy(3).dividedBy(4)));
    RedisWatch watch = new RedisWatch(link, forms, restores, commands::owned, redisClock);
    every(WATCH_EVERY, watch::look);
    every(WATCH_EVERY, rotation::look);
    every(REACH_EVERY, reach::ask);
    awaitJoined();
    LOG.info("grant processor of group {} is up at registry revision {}, session timeout {} ms",
        settings.get(ProcessorKeys.GROUP_ID), registry.current().revision(), sessionTimeout.toMillis());
  }

  private <T extends AutoCloseable> T opened(T part) {
    closings.push(drain -> part.close());
    return part;
  }

  private void connect(RedisLink link) throws InterruptedException {
    try {
      link.connect(startWait);
    } catch (InfrastructureException e) {
      throw new StartException("redis.uri: expected Redis at " + link.address() + " within " + startWait.toSeconds()
          + " s, but found: " + e.getMessage(), e);
    }
  }

  private static void requireNone(String where, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new StartException(where + String.join("; ", problems));
    }
  }

  private void serveHealth() throws InterruptedException {
    int port = settings.get(ProcessorKeys.HEALTH_PORT);
    if (port == 0) {
      return;
    }
    Vertx vertx = Vertx.vertx(
        new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    closings.push(drain -> vertx.close().toCompletionStage().toCompletableFuture().get(
        CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS));
    HealthServer server = new HealthServer(vertx, settings.get(ProcessorKeys.HEALTH_HOST), port, health);
    closings.push(server::stop);
    server.start();
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

  // Says what a start waits for where that takes a while.
  private <T> T waiting(String what, Supplier<T> wait) {
    var line = timer.schedule(() -> LOG.info("waiting up to {} s for {}", startWait.toSeconds(), what),
        1, TimeUnit.SECONDS);
    try {
      return wait.get();
    } finally {
      line.cancel(false);
    }
  }
}
