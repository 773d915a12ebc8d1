package dev.mintlog.processor;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.processor.changelog.ChangelogTail;
import dev.mintlog.processor.changelog.KafkaChangelogTail;
import dev.mintlog.processor.changelog.OwnRecords;
import dev.mintlog.processor.command.DeadCommands;
import dev.mintlog.processor.jose.JoseTokenSigner;
import dev.mintlog.processor.outcome.OutcomePublisher;
import dev.mintlog.processor.outcome.SigningThreads;
import dev.mintlog.registry.apply.RevocationPublication;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.schema.Topics;
import dev.mintlog.token.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * What leaves a processor: events, changelog and replies with their tokens; commands put aside; revocations.
 *
 * @param clock this machine's, compared with the broker's at each event
 * @param keys what tokens are signed with
 * @param ownRecords which records of the changelog were written here
 * @param tail where the changelog is repaired
 */
record ProcessorOutcomes(
    OutcomePublisher publisher, DeadCommands dead, PublishedRevocations revocations, ClockFit clock,
    RegisteredSigningKeys keys, OwnRecords ownRecords, ChangelogTail tail) {
  private static final Duration PRODUCER_CLOSE_MAX = Duration.ofSeconds(2);

  static ProcessorOutcomes open(int signingThreads, ProcessorLog log, StartConditions start, OpenedParts opened) {
    KafkaProducer<byte[], byte[]> producer = Producers.processor(log.kafka());
    opened.closeWith("producer", drain -> producer.close(PRODUCER_CLOSE_MAX));
    Producers.awaitMetadata(producer,
        List.of(Topics.EVENTS, Topics.AUTHORIZATIONS, Topics.REPLIES, Topics.COMMANDS_DEAD), start.waitMax());

    ClockFit clock = new ClockFit("this machine's clock", Clock.systemUTC());
    RegisteredSigningKeys keys = RegisteredSigningKeys.of(log.registry(), log.keyEncryptionKeys());
    JoseTokenSigner signer = new JoseTokenSigner(keys.keys());
    OwnRecords ownRecords = new OwnRecords();
    SigningThreads signing = opened.add("signing", new SigningThreads(signingThreads));
    OutcomePublisher publisher = new OutcomePublisher(producer, log.records(), log.codec(), log.changelogStates(),
        new Sealer(log.channelSecrets(), Direction.REPLY), new TokenIssuer(signer), signing, clock,
        ownRecords);
    RevocationPublication publication =
        new RevocationPublication(log.kafka(), log.codec(), log.keyEncryptionKeys(), Clock.systemUTC());
    return new ProcessorOutcomes(publisher, new DeadCommands(producer, log.records(), start.timer()),
        opened.add("revocations", new PublishedRevocations(publication::publish, Clock.systemUTC())), clock, keys,
        ownRecords, new KafkaChangelogTail(() -> Consumers.toTheEnd(log.kafka()), producer, log.records(),
            log.changelogStates(), log.changelog(), ownRecords));
  }
}
