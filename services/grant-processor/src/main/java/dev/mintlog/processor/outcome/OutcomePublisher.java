package dev.mintlog.processor.outcome;

import dev.mintlog.answer.Answer;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.Outcomes;
import dev.mintlog.schema.Topics;
import dev.mintlog.token.TokenIssuer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Signs what was granted and writes to the log: events and changelog entries under the command's key, in the partition of
 * the command's number; replies to the partition that the edge reads. Thread-safe.
 *
 * <p>Replies have a producer of their own. They are sent from the callback of their events' producer, and a full buffer
 * would be waited for by the very thread that empties it; that of the replies, which are small, another thread empties.
 */
public final class OutcomePublisher implements Outcomes {
  private final Producer<byte[], byte[]> producer;
  private final Producer<byte[], byte[]> replyProducer;
  private final LogRecords records;
  private final ChangelogStates changelog;
  private final ReplyRecords replies;
  private final TokenIssuer issuer;
  private final SigningThreads signing;
  private final ClockFit clock;

  /**
   * A publisher over two producers.
   *
   * @param producer for events and changelog
   * @param replySealer of direction REPLY
   * @param clock told of every append time
   */
  public OutcomePublisher(Producer<byte[], byte[]> producer, Producer<byte[], byte[]> replyProducer,
      LogRecords records, RecordCodec codec, ChangelogStates changelog, Sealer replySealer, TokenIssuer issuer, SigningThreads signing, ClockFit clock) {
    this.producer = producer;
    this.replyProducer = replyProducer;
    this.records = records;
    this.changelog = changelog;
    this.replies = new ReplyRecords(codec, replySealer);
    this.issuer = issuer;
    this.signing = signing;
    this.clock = clock;
  }

  /** One command's records, or why there are none. */
  private static final class Publication {
    private final CommandInFlight command;
    private final Step.Publish step;
    private List<ProducerRecord<byte[], byte[]>> records;
    private RuntimeException fault;

    private Publication(CommandInFlight command) {
      this.command = command;
      this.step = (Step.Publish) command.step();
    }
  }

  @Override
  public void publish(List<CommandInFlight> commands, Settled settled) {
    List<Publication> signed = new ArrayList<>(commands.size());
    List<Publication> plain = new ArrayList<>();
    for (CommandInFlight command : commands) {
      Publication publication = new Publication(command);
      (isToBeSigned(publication) ? signed : plain).add(publication);
    }
    if (!plain.isEmpty()) {
      plain.forEach(this::prepare);
      send(plain, settled);
    }
    if (!signed.isEmpty()) {
      signing.forAll(signed, this::prepare, batch -> send(batch, settled));
    }
  }

  @Override
  public void reply(CommandInFlight command, Settled settled) {
    ProducerRecord<byte[], byte[]> reply;
    try {
      Answer answer = ((Step.Reply) command.step()).answer();
      reply = answer instanceof Answer.Granted && command.preparedReply().isPresent()
          ? command.preparedReply().get()
          : reply(command, answer);
    } catch (RuntimeException e) {
      settled.failed(command, e);
      return;
    }
    send(replyProducer, reply, new Acknowledgement(command, 1, settled, clock, System.currentTimeMillis()));
  }

  private static boolean isToBeSigned(Publication publication) {
    return publication.step.answer() instanceof Answer.Granted && publication.command.issued().isEmpty();
  }

  // On a signing thread everything that costs is done that can be done: encoding, sealing, authenticating.
  private void prepare(Publication publication) {
    CommandInFlight command = publication.command;
    Step.Publish step = publication.step;
    try {
      if (isToBeSigned(publication)) {
        Answer.Granted granted = (Answer.Granted) step.answer();
        command.issued(issuer.issue(command.command().clientId(), granted.terms(), step.consent()));
        command.prepareReply(reply(command, granted));
      }
      List<ProducerRecord<byte[], byte[]>> prepared = new ArrayList<>(2);
      int partition = command.partition().number();
      for (AuditEvent event : step.events()) {
        prepared.add(records.record(Topics.EVENTS, partition, command.key(), EventRecords.of(event)));
      }
      step.changelog().ifPresent(state -> prepared.add(
          records.record(Topics.AUTHORIZATIONS, partition, command.key(), changelog.change(state))));
      publication.records = prepared;
    } catch (RuntimeException e) {
      publication.fault = e;
    } catch (Error e) {
      publication.fault = new IllegalStateException("expected to sign and encode", e);
    }
  }

  private ProducerRecord<byte[], byte[]> reply(CommandInFlight command, Answer answer) {
    return records.record(Topics.REPLIES, command.replyPartition(), (String) null,
        replies.of(command.command().delivery().commandId(), answer, command.issued()));
  }

  private void send(List<Publication> batch, Settled settled) {
    long sentAtMs = System.currentTimeMillis();
    for (Publication publication : batch) {
      if (publication.fault != null) {
        settled.failed(publication.command, publication.fault);
      } else if (publication.records.isEmpty()) {
        settled.acknowledged(publication.command);
      } else {
        Acknowledgement acknowledgement = new Acknowledgement(
            publication.command, publication.records.size(), settled, clock, sentAtMs);
        publication.records.forEach(record -> send(producer, record, acknowledgement));
      }
    }
  }

  private static void send(Producer<byte[], byte[]> through, ProducerRecord<byte[], byte[]> record,
      Acknowledgement acknowledgement) {
    try {
      through.send(record, acknowledgement);
    } catch (KafkaException | IllegalStateException e) {
      // Closed, or of no more use: this process is about to end, and the command is another's.
      acknowledgement.onCompletion(null, new InfrastructureException("the producer took nothing", e));
    }
  }
}
