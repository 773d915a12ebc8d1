package dev.mintlog.edge;

import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.command.Command;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.edge.command.KafkaCommandLog;
import dev.mintlog.edge.command.Origin;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.RevokeBeforeCommand;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.ReplyListener;
import dev.mintlog.edge.reply.TokenReplyConsumer;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Sends the operator's revocation through the log and waits for its answer, as an edge does for a request. */
public final class OperatorRevocation {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);
  /** Longer than a takeover of a processor's partitions, with time to publish. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final Settings settings;
  private final OpenedParts opened = new OpenedParts();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  /** @param settings Kafka, the schema registry, the channel secret and the registry's public key */
  public OperatorRevocation(Settings settings) {
    this.settings = settings;
  }

  /**
   * Ends what was given before now.
   *
   * @param subject empty: of every subject; then there must be a client
   * @param client a registered one
   * @return what was born before this has ended
   * @throws StartException one line, where it did not come to that
   */
  public Instant revoke(String tenant, Optional<String> subject, Optional<String> client) throws InterruptedException {
    try {
      return send(tenant, subject, client);
    } catch (ChannelStartException e) {
      throw new StartException(e.getMessage(), e);
    } finally {
      opened.close(Duration.ZERO);
    }
  }

  private Instant send(String tenant, Optional<String> subject, Optional<String> client) throws InterruptedException {
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-revoke");
    SecretRing channel = Connections.channelSecrets(settings);
    RecordCodec codec = opened.add("schemas", Connections.codec(settings));
    codec.prepare(WireSchemas.of(Topics.REGISTRY, Topics.COMMANDS, Topics.REPLIES), CONNECT_MAX);
    RegistryView registry = opened.add("registry", RegistryView.open(
        kafka, codec, settings.get(ConnectionKeys.REGISTRY_PUBLIC_KEY), CONNECT_MAX));
    requireRegistered(registry.current(), tenant, client);

    Partitions partitions = new Partitions(registry.current().partitions());
    LogRecords records = new LogRecords(codec, new RecordMac(channel));
    KafkaProducer<byte[], byte[]> producer = opened.add("producer", Producers.edge(kafka));
    Producers.awaitMetadata(producer, List.of(Topics.COMMANDS), CONNECT_MAX);
    int replyPartition = random.nextInt(partitions.count());
    PendingReplies pending = new PendingReplies(1, 100, 100, ANSWER_MAX, System::nanoTime);
    TokenReplyConsumer replies = opened.add("replies", new TokenReplyConsumer(Consumers.assigned(kafka),
        replyPartition, records, codec, new Opener(channel, Direction.REPLY), pending));
    replies.start();

    KafkaCommandLog log = new KafkaCommandLog(producer, records, partitions, replyPartition, clock,
        new ClockFit("this machine's clock", clock), () -> true);
    Instant now = Instant.ofEpochMilli(clock.millis());
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    new TokenCommandSender(log, pending, ANSWER_MAX, random).send(
        new Origin(tenant, Command.RevokeBefore.OPERATOR, registry.current().revision(), now), Optional.empty(),
        RevokeBeforeCommand.of(subject, client), Runnable::run, listener(answer));
    requireDone(answered(answer));
    return now;
  }

  private static void requireRegistered(RegistrySnapshot registry, String tenant, Optional<String> client) {
    if (registry.tenant(tenant).isEmpty()) {
      throw new StartException("--tenant is " + tenant + ", but expected one of " + registry.tenantNames());
    }
    client.filter(id -> registry.client(tenant, id).isEmpty()).ifPresent(id -> {
      throw new StartException("--client is " + id + ", but expected a client that is registered in tenant " + tenant);
    });
  }

  private static Reply answered(CompletableFuture<Reply> answer) throws InterruptedException {
    try {
      return answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StartException("Expected an answer of a grant processor within " + ANSWER_MAX.toSeconds()
          + " s, but none came; the command may take effect yet, and the same one again does no harm", e);
    } catch (ExecutionException e) {
      throw new StartException(e.getCause().getMessage(), e);
    }
  }

  private static void requireDone(Reply reply) {
    if (reply instanceof Reply.Denied denied) {
      throw new StartException("Not revoked: " + denied.error() + ", " + denied.description());
    }
  }

  private static ReplyListener listener(CompletableFuture<Reply> answer) {
    return new ReplyListener() {
      @Override
      public void answered(Reply reply) {
        answer.complete(reply);
      }

      @Override
      public void unanswered(Unanswered why) {
        answer.completeExceptionally(new StartException("Expected the log to take the command and a processor to answer,"
            + " but it was " + why + "; the same command again does no harm"));
      }
    };
  }
}
