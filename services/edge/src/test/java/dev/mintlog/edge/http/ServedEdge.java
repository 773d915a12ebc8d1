package dev.mintlog.edge.http;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.edge.EdgeProofs;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.grant.ExtensionCommands;
import dev.mintlog.edge.command.grant.ExtensionGrants;
import dev.mintlog.edge.command.grant.PasswordReader;
import dev.mintlog.edge.http.server.Bindings;
import dev.mintlog.edge.http.server.CommandParts;
import dev.mintlog.edge.http.server.GrantParts;
import dev.mintlog.edge.http.server.HttpBounds;
import dev.mintlog.edge.http.server.HttpPorts;
import dev.mintlog.edge.http.server.HttpWiring;
import dev.mintlog.edge.http.server.ProofParts;
import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.limit.ClientProofPolicy;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.limit.SignInPolicy;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.notification.NotificationConfig;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.provider.ThreadBounds;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.reply.Replies;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.state.DeviceAuthorizations;
import dev.mintlog.edge.state.InMemoryStates;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.edge.user.RegisteredUsers;
import dev.mintlog.edge.user.Users;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.runtime.health.Check;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.schema.TokenDenied;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An edge that serves HTTP, over a log and a store in memory; the test plays the processor. */
public final class ServedEdge implements AutoCloseable {
  public static final Duration TIME_TO_ANSWER = Duration.ofSeconds(9);
  public static final String CLIENT_CREDENTIALS = "grant_type=client_credentials";

  private final SecureRandom random = new SecureRandom();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final HttpPorts ports;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SlowVerifications slow = new SlowVerifications(1, 2);
  private final ClientProofLimits clientProofs =
      new ClientProofLimits(new ClientProofPolicy(3, Duration.ofMinutes(1)), System::nanoTime);
  public final SlowVerifications passwordThreads = new SlowVerifications(1, 2);
  private final DecisionNotices notices = new DecisionNotices(
      vertx, new NotificationConfig(1, 2, Duration.ofSeconds(1), 1, true, ""));

  /** Room for one question, and for one that waits. */
  private final ProviderThreads extensionThreads =
      new ProviderThreads("extension grant", new ThreadBounds(1, 1, Duration.ofMillis(500)));

  public final ExtensionCommands commands;
  public final ExtensionGrants extensions;
  public final GrantAssertions assertions;
  /** What the edge sees registered; a test may replace it. */
  public volatile RegistrySnapshot registry = TestRegistry.snapshot();
  public final SecretRing channel = SecretRing.of(RootSecret.random(random));
  public final Handles handles = new Handles(channel);
  public final UserCodes userCodes = new UserCodes(channel);
  public final InMemoryCommandLog log = new InMemoryCommandLog();
  public final PendingReplies pending;
  public final Replies replies;
  public final InMemoryStates states;
  private final UserClaims userClaims =
      new UserClaims(List.of(), new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(1))));
  public final PasswordReader passwords = new PasswordReader(new Users(List.of(new RegisteredUsers(passwordThreads, random))),
      new SignInLimits(SignInPolicy.DEFAULT, System::nanoTime), List.of(TestRegistry.ACR),
      new KeyedDigest(channel, "username"), userClaims, new Sealer(channel, Direction.COMMAND), random);
  public final List<TokenDenied> denied = Collections.synchronizedList(new ArrayList<>());
  public final DenialAudit denials = new DenialAudit(denied::add, InstantSource.system(), random);

  public ServedEdge(ExtensionGrant... grants) {
    this(new PendingReplies(100, 50, 100, Duration.ofSeconds(10), System::nanoTime), grants);
  }

  public ServedEdge(ClientCertificates certificates) {
    this(new PendingReplies(100, 50, 100, Duration.ofSeconds(10), System::nanoTime), certificates, NamedProxies.NONE,
        HttpBounds.DEFAULT);
  }

  public ServedEdge(PendingReplies pending, ExtensionGrant... grants) {
    this(pending, ClientCertificates.NONE, NamedProxies.NONE, HttpBounds.DEFAULT, grants);
  }

  public ServedEdge(NamedProxies proxies, HttpBounds bounds) {
    this(new PendingReplies(100, 50, 100, Duration.ofSeconds(10), System::nanoTime), ClientCertificates.NONE, proxies,
        bounds);
  }

  private ServedEdge(PendingReplies pending, ClientCertificates certificates, NamedProxies proxies,
      HttpBounds bounds, ExtensionGrant... grants) {
    this.pending = pending;
    this.replies = new Replies(pending);
    RecordCodec codec = new RecordCodec("mock://served-edge", true);
    codec.prepare(WireSchemas.byTopic(), Duration.ofSeconds(10));
    Sealer sealer = new Sealer(channel, Direction.REDIS);
    Opener opener = new Opener(channel, Direction.REDIS);
    Partitions partitions = new Partitions(TestRegistry.PARTITIONS);
    UserCodePointers pointers = new UserCodePointers(sealer, opener);
    RedisStates redisStates = new RedisStates(codec, sealer, opener);
    Markers markers = new Markers(sealer, opener);
    this.states = new InMemoryStates(pointers, redisStates, markers, partitions);
    this.commands = new ExtensionCommands(userClaims, new Sealer(channel, Direction.COMMAND), random);
    this.extensions = new ExtensionGrants(List.of(grants), extensionThreads, commands);
    ProofParts proofs = EdgeProofs.of(
        channel, (uri, then) -> then.accept(Optional.empty()), slow, clientProofs, List.of(), certificates, random);
    this.assertions = proofs.assertions();
    StoredAuthorizations authorizations = new StoredAuthorizations(states, redisStates, markers, partitions);
    HttpWiring wiring = new HttpWiring(
        () -> registry,
        proofs,
        CommandParts.of(channel, new TokenCommandSender(log, pending, TIME_TO_ANSWER, random), random),
        GrantParts.of(channel, passwords, commands, extensions),
        userClaims,
        new DeviceAuthorizations(states, userCodes, pointers, authorizations),
        authorizations,
        new ClientRateLimits(Optional.empty(), System::nanoTime),
        handles,
        notices,
        denials,
        new PublicUrls(URI.create(TestRegistry.ISSUER + "/"), Optional.empty(),
            URI.create("https://login.example/device")),
        Map.of("common", "default", "adfs", "default"),
        new Health(Map.of("log", Check::ok), Map.of()),
        InstantSource.system());
    this.ports = wiring.ports(vertx, new Bindings("127.0.0.1", 0, "127.0.0.1", 0, 2, proxies, bounds),
        Optional.empty());
    try {
      ports.open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the edge began to serve", e);
    }
  }

  public HttpPorts ports() {
    return ports;
  }

  public boolean isListening() {
    try (Socket socket = new Socket("127.0.0.1", ports.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Plays the processor: answers the next command. */
  public InMemoryCommandLog.Appended answerNext(Reply reply) throws InterruptedException {
    InMemoryCommandLog.Appended command = log.next();
    answer(command, reply);
    return command;
  }

  public void answer(InMemoryCommandLog.Appended command, Reply reply) {
    synchronized (replies) {
      replies.settle(command.header().getCommandId(), reply);
      replies.handOver();
    }
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + ports.port() + path);
  }

  public URI loginUrl(String path) {
    return URI.create("http://127.0.0.1:" + ports.loginPort() + path);
  }

  public CompletableFuture<HttpResponse<String>> postForm(String path, String form, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return http.sendAsync(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> now(HttpRequest.Builder request) throws Exception {
    return send(request).get(20, TimeUnit.SECONDS);
  }

  public HttpResponse<String> postFormNow(String path, String form, String... headers) throws Exception {
    return postForm(path, form, headers).get(20, TimeUnit.SECONDS);
  }

  public static String[] basic(String id, String secret) {
    return new String[] {"Authorization",
        "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8))};
  }

  public static String form(String... namesAndValues) {
    StringJoiner form = new StringJoiner("&");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.add(namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  @Override
  public void close() throws Exception {
    slow.close();
    notices.close();
    extensionThreads.close();
    passwordThreads.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
