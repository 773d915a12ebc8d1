package dev.mintlog.edge;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.Consumers;
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
import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.claims.ClaimsProvider;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySets;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.audit.KafkaDenialLog;
import dev.mintlog.edge.backchannel.BackchannelCommands;
import dev.mintlog.edge.backchannel.HintedUsers;
import dev.mintlog.edge.backchannel.LoginHintTokens;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.KafkaCommandLog;
import dev.mintlog.edge.command.SignResponseCommands;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.DeviceAuthorizationCommands;
import dev.mintlog.edge.command.authorization.LoginCommands;
import dev.mintlog.edge.command.grant.ExtensionCommands;
import dev.mintlog.edge.command.grant.ExtensionGrants;
import dev.mintlog.edge.command.grant.NarrowedDetails;
import dev.mintlog.edge.command.grant.PasswordReader;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.fetch.HttpKeySetFetch;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.server.HttpPorts;
import dev.mintlog.edge.http.server.HttpWiring;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.proof.UserCodeProof;
import dev.mintlog.edge.proof.client.ClientAssertions;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.edge.proof.client.TlsClientAuthentication;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.proof.token.IdTokenHints;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.reply.TokenReplyConsumer;
import dev.mintlog.edge.state.DeviceAuthorizations;
import dev.mintlog.edge.state.RedisStateReader;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.edge.tls.ClientCertificateConfig;
import dev.mintlog.edge.tls.PublicTls;
import dev.mintlog.edge.tls.TlsConfig;
import dev.mintlog.edge.user.RegisteredUsers;
import dev.mintlog.edge.user.UserProvider;
import dev.mintlog.edge.user.Users;
import dev.mintlog.edge.userprovider.UserProviders;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.crypto.FastSignatures;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.runtime.health.HealthServer;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running edge: everything wired by hand, top to bottom, and taken down in the opposite order. */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(15);

  private final EdgeConfig config;
  private final Resources resources = new Resources();
  private final Ticks ticks = resources.add("ticks", new Ticks());
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();
  private final PendingReplies pending;
  private HttpPorts ports;
  private int healthPort;
  private volatile boolean draining;

  private Edge(EdgeConfig config) {
    this.config = config;
    this.pending = new PendingReplies(config.replies().pendingMax(), config.replies().perClientPercent(),
        config.replies().perTenantPercent(), config.replies().waitMax(), System::nanoTime);
  }

  /**
   * Starts an edge; it serves when this returns.
   *
   * @param settings of {@link EdgeKeys#ALL}
   * @throws StartException one line, where it cannot start
   */
  public static Edge start(Settings settings) throws InterruptedException {
    LOG.info("edge settings: {}", settings.describe());
    Edge edge = new Edge(EdgeConfig.of(settings));
    try {
      edge.open();
      return edge;
    } catch (ChannelStartException e) {
      edge.close(Duration.ZERO);
      throw new StartException(e.getMessage(), e);
    } catch (RuntimeException | InterruptedException e) {
      edge.close(Duration.ZERO);
      throw e;
    }
  }

  private void open() throws InterruptedException {
    SecretRing channel = config.channel();
    RecordCodec codec = resources.add("schemas", new RecordCodec(config.schemaRegistryUrl(), config.autoRegister()));
    codec.prepare(WireSchemas.of(Topics.REGISTRY, Topics.COMMANDS, Topics.REPLIES, Topics.EVENTS,
        Topics.AUTHORIZATIONS), config.startWait());
    Admin admin = resources.add("admin", Admins.open(config.kafka()));
    RegistryView registry = resources.add("registry", RegistryView.open(
        config.kafka(), codec, config.registryPublicKeys(), config.startWait()));
    Partitions partitions = new Partitions(registry.current().partitions());
    requireLogLayout(admin, partitions);

    LogRecords records = new LogRecords(codec, new RecordMac(channel));
    KafkaProducer<byte[], byte[]> producer = resources.add("producer", Producers.edge(config.kafka()));
    Producers.awaitMetadata(producer, List.of(Topics.COMMANDS, Topics.EVENTS), config.startWait());
    KafkaReach kafka = new KafkaReach(admin);
    int replyPartition = random.nextInt(partitions.count());
    ClockFit clockFit = new ClockFit("this machine's clock", clock);
    KafkaCommandLog commandLog =
        new KafkaCommandLog(producer, records, partitions, replyPartition, clock, clockFit, kafka::answers);
    KafkaDenialLog denialLog = new KafkaDenialLog(producer, records, partitions);
    DenialAudit denials = new DenialAudit(denialLog, clock, random);
    resources.add("denials", (AutoCloseable) denials::flush);
    TokenReplyConsumer replies = resources.add("replies", new TokenReplyConsumer(Consumers.assigned(config.kafka()),
        replyPartition, records, codec, new Opener(channel, Direction.REPLY), pending));
    RedisStateReader redis = resources.add("redis", RedisStateReader.connect(config.redis()));
    replies.start();

    ticks.every(Duration.ofMillis(50), pending::giveUpOverdue);
    ticks.every(Duration.ofSeconds(1), denials::flush);
    ticks.every(Duration.ofSeconds(2), kafka::ask);
    ClientRateLimits limits = new ClientRateLimits(config.clientRateLimit(), System::nanoTime);
    SignInLimits signIns = new SignInLimits(config.signIn(), System::nanoTime);
    Health health = new EdgeHealth(() -> draining, registry, pending, limits, signIns, replies, kafka, clockFit,
        commandLog, denialLog, redis).health();
    SlowVerifications slow = resources.add("argon2",
        new SlowVerifications(config.slowSecrets().threads(), config.slowSecrets().queueMax()));
    UserClaims userClaims = userClaims();
    // Loaded now: the first request to need it would hold up the event loop.
    FastSignatures.provider();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(config.bindings().eventLoops()));
    resources.add("vertx", () -> vertx.close().await(5, TimeUnit.SECONDS));
    StoredAuthorizations authorizations = authorizations(redis, codec, partitions);
    KeySets keySets = new KeySets(resources.add("key sets",
        new HttpKeySetFetch(vertx, config.keySets().addresses(), config.keySets().waitMax())), System::nanoTime);
    // One for all: it keeps the keys that it has parsed.
    AssertionSignatures signatures = new AssertionSignatures(channel, keySets);
    ProofIds proofIds = new ProofIds(channel);
    ExtensionCommands extensionCommands =
        new ExtensionCommands(userClaims, new Sealer(channel, Direction.COMMAND), random);
    HttpWiring http = new HttpWiring(
        registry::current,
        new ClientAuthenticator(slow, new ClientAssertions(signatures, proofIds),
            new TlsClientAuthentication(config.clientCertificates().authorities()), random),
        new GrantAssertions(signatures, proofIds),
        limits,
        new Handles(channel),
        new TokenCommandSender(commandLog, pending, config.replies().timeToAnswer(), random),
        new DeviceAuthorizationCommands(new UserCodes(channel), random),
        new BackchannelCommands(new Sealer(channel, Direction.COMMAND), new Handles(channel), random),
        new SignedRequests(signatures, proofIds),
        new HintedUsers(new IdTokenHints(), new LoginHintTokens(signatures)),
        new UserCodeProof(slow),
        resources.add("notifications", new DecisionNotices(vertx, config.notifications())),
        new LoginCommands(new Sealer(channel, Direction.COMMAND), random),
        new SignResponseCommands(new Sealer(channel, Direction.COMMAND)),
        userClaims,
        extensionCommands,
        extensionGrants(extensionCommands),
        deviceAuthorizations(redis, authorizations),
        authorizations,
        denials,
        config.urls(),
        health,
        clock,
        passwords(signIns, userClaims),
        clientCertificates(),
        new DpopNonces(channel),
        proofIds,
        config.tenantAliases(),
        new NarrowedDetails(new Sealer(channel, Direction.COMMAND)));
    serveHealth(vertx, health);
    Optional<PublicTls> tls = config.tls().map(configured -> new PublicTls(configured, clock));
    ports = http.ports(vertx, config.bindings(), tls.map(PublicTls::options));
    ports.open();
    tls.ifPresent(served ->
        ticks.every(served.config().reloadInterval(), () -> served.look(ports::serveNewConnectionsWith)));
    LOG.info("edge serves on {}:{}, the login application on {}:{}, replies on partition {}",
        config.bindings().host(), port(), config.bindings().loginHost(), loginPort(), replyPartition);
  }

  private void requireLogLayout(Admin admin, Partitions partitions) {
    List<String> problems = LogLayout.problems(admin, config.kafka(), partitions.count());
    if (!problems.isEmpty()) {
      throw new StartException(String.join("; ", problems));
    }
  }

  // Passwords have threads of their own: whoever guesses them must not keep clients from proving themselves.
  private PasswordReader passwords(SignInLimits signIns, UserClaims userClaims) {
    SlowVerifications slow = resources.add("passwords", new SlowVerifications(
        "edge-password", config.passwords().threads(), config.passwords().queueMax()));
    List<UserProvider> providers = new ArrayList<>(List.of(new RegisteredUsers(slow, random)));
    config.userProviders().file()
        .map(file -> resources.add("user providers", UserProviders.open(file, config.userProviders().bounds())))
        .ifPresent(opened -> providers.addAll(opened.providers()));
    LOG.info("providers of users: {}", providers.stream().map(UserProvider::name).toList());
    return new PasswordReader(new Users(providers), signIns, config.passwords().acrValues(),
        new KeyedDigest(config.channel(), "username"), userClaims, new Sealer(config.channel(), Direction.COMMAND),
        random);
  }

  private ClientCertificates clientCertificates() {
    ClientCertificateConfig configured = config.clientCertificates();
    return new ClientCertificates(config.tls().filter(TlsConfig::asksClients).isPresent(), configured.header(),
        configured.proxies(), !configured.authorities().isEmpty());
  }

  private UserClaims userClaims() {
    List<ClaimsProvider> providers =
        ServiceLoader.load(ClaimsProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    if (!providers.isEmpty()) {
      LOG.info("claims providers: {}", providers.stream().map(ClaimsProvider::name).toList());
    }
    return new UserClaims(providers, resources.add(
        "claims providers", new ProviderThreads("claims provider", config.claimsProviders())));
  }

  private ExtensionGrants extensionGrants(ExtensionCommands commands) {
    List<ExtensionGrant> grants =
        ServiceLoader.load(ExtensionGrant.class).stream().map(ServiceLoader.Provider::get).toList();
    if (!grants.isEmpty()) {
      LOG.info("extension grants: {}", grants.stream().map(ExtensionGrant::type).toList());
    }
    ProviderThreads threads = resources.add(
        "extension grants", new ProviderThreads("extension grant", config.extensionGrants()));
    return new ExtensionGrants(grants, threads, commands);
  }

  private DeviceAuthorizations deviceAuthorizations(RedisStateReader redis, StoredAuthorizations authorizations) {
    return new DeviceAuthorizations(redis, new UserCodes(config.channel()),
        new UserCodePointers(new Sealer(config.channel(), Direction.REDIS), new Opener(config.channel(), Direction.REDIS)),
        authorizations);
  }

  private StoredAuthorizations authorizations(RedisStateReader redis, RecordCodec codec, Partitions partitions) {
    Sealer sealer = new Sealer(config.channel(), Direction.REDIS);
    Opener opener = new Opener(config.channel(), Direction.REDIS);
    return new StoredAuthorizations(
        redis, new RedisStates(codec, sealer, opener), new Markers(sealer, opener), partitions);
  }

  private void serveHealth(Vertx vertx, Health health) throws InterruptedException {
    if (config.healthPort() > 0) {
      HealthServer server = new HealthServer(vertx, config.healthHost(), config.healthPort(), health);
      server.start();
      healthPort = server.port();
    }
  }

  /** The port that clients are served on. */
  public int port() {
    return ports.port();
  }

  /** The port of the login application's API, which serves health too. */
  public int loginPort() {
    return ports.loginPort();
  }

  /** The port of health; 0 where it has none of its own. */
  public int healthPort() {
    return healthPort;
  }

  /** Stops as {@link #close(Duration)}, with a bound of its own. */
  @Override
  public void close() {
    try {
      close(DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops: not ready at once, no more connections; what is in flight is answered; then everything else goes.
   *
   * @param drainMax how long answers are waited for
   */
  public void close(Duration drainMax) throws InterruptedException {
    draining = true;
    try {
      if (ports != null) {
        ports.shutDown(drainMax);
      }
      pending.close(Duration.ZERO);
    } finally {
      resources.close();
    }
  }
}
