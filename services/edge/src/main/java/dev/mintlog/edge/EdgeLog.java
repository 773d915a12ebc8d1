package dev.mintlog.edge;

import dev.mintlog.channel.log.Admins;
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
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.audit.KafkaDenialLog;
import dev.mintlog.edge.command.KafkaCommandLog;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.reply.TokenReplyConsumer;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * What an edge has of the log: the registry that it reads, the commands and denials that it writes, and its replies.
 *
 * @param replyPartition that its replies come on
 * @param reach whether Kafka answers
 * @param replies not started yet
 */
record EdgeLog(
    RecordCodec codec,
    RegistryView registry,
    Partitions partitions,
    int replyPartition,
    KafkaReach reach,
    ClockFit clockFit,
    KafkaCommandLog commands,
    KafkaDenialLog denialLog,
    DenialAudit denials,
    TokenReplyConsumer replies) {

  /** @throws StartException where the topics are not as they have to be */
  static EdgeLog open(EdgeConfig config, OpenedParts opened, PendingReplies pending, InstantSource clock,
      SecureRandom random) throws InterruptedException {
    RecordCodec codec = opened.add("schemas", new RecordCodec(config.schemaRegistry()));
    codec.prepare(WireSchemas.of(Topics.REGISTRY, Topics.COMMANDS, Topics.REPLIES, Topics.EVENTS,
        Topics.AUTHORIZATIONS), config.startWait());
    Admin admin = opened.add("admin", Admins.open(config.kafka()));
    RegistryView registry = opened.add("registry", RegistryView.open(
        config.kafka(), codec, config.registryPublicKeys(), config.startWait()));
    Partitions partitions = new Partitions(registry.current().partitions());
    requireLayout(config, admin, partitions);

    LogRecords records = new LogRecords(codec, new RecordMac(config.channel()));
    KafkaProducer<byte[], byte[]> producer = opened.add("producer", Producers.edge(config.kafka()));
    Producers.awaitMetadata(producer, List.of(Topics.COMMANDS, Topics.EVENTS), config.startWait());
    KafkaReach reach = new KafkaReach(admin);
    int replyPartition = random.nextInt(partitions.count());
    ClockFit clockFit = new ClockFit("this machine's clock", clock);
    KafkaCommandLog commands =
        new KafkaCommandLog(producer, records, partitions, replyPartition, clock, clockFit, reach::answers);
    KafkaDenialLog denialLog = new KafkaDenialLog(producer, records, partitions);
    DenialAudit denials = new DenialAudit(denialLog, clock, random);
    opened.add("denials", (AutoCloseable) denials::flush);
    TokenReplyConsumer replies = opened.add("replies", new TokenReplyConsumer(Consumers.assigned(config.kafka()),
        replyPartition, records, codec, new Opener(config.channel(), Direction.REPLY), pending));
    return new EdgeLog(
        codec, registry, partitions, replyPartition, reach, clockFit, commands, denialLog, denials, replies);
  }

  private static void requireLayout(EdgeConfig config, Admin admin, Partitions partitions) {
    // Of the others it is not allowed to know (deploy/kafka-acls.sh).
    List<String> problems = LogLayout.problems(admin, config.kafka(), partitions.count(),
        List.of(Topics.COMMANDS, Topics.REPLIES, Topics.EVENTS, Topics.REGISTRY));
    if (!problems.isEmpty()) {
      throw new StartException(String.join("; ", problems));
    }
  }
}
