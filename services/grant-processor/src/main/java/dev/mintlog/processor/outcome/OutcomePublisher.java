package dev.mintlog.processor.outcome;

import dev.mintlog.answer.Answer;
import dev.mintlog.command.Command;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordFaults;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.life.Step;
import dev.mintlog.processor.changelog.OwnRecords;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.Outcomes;
import dev.mintlog.schema.Topics;
import dev.mintlog.token.TokenIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Signs what was granted and writes to the log: events and changelog entries under the command's key, in the partition
 * of the command's number; replies to the partition that the edge reads. Thread-safe.
 *
 * <p>Replies are sent from the callback of their events, by the same producer: what is decided meanwhile travels with
 * them in one request. A full buffer, though, would be waited for by the very thread that empties it; when much is on
 * its way, replies are therefore sent by another.
 */
public final class OutcomePublisher implements Outcomes {
  /** Half of what the producer's buffer holds ({@code buffer.memory}, 32 MiB), for it holds whole batches. */
  private static final long UNDER_WAY_MAX_BYTES = 16L << 20;

  private static final int SIGNED_TOGETHER_MAX = 32;

  private final Producer<byte[], byte[]> producer;
  private final LogRecords records;
  private final ChangelogStates changelog;
  private final ReplyRecords replies;
  private final TokenIssuer issuer;
  private final SigningThreads signing;
  private final GatheredBatches<Publication> toSign;
  private final ClockFit clock;
  private final OwnRecords own;
  private final AtomicLong underWayBytes = new AtomicLong();

  /**
   * A publisher over one producer.
   *
   * @param replySealer of direction REPLY
   * @param clock told of every append time
   * @param own told of every record of the changelog that the log has
   */
  public OutcomePublisher(Producer<byte[], byte[]> producer, LogRecords records, RecordCodec codec,
      ChangelogStates changelog, Sealer replySealer, TokenIssuer issuer, SigningThreads signing, ClockFit clock,
      OwnRecords own) {
    this.producer = producer;
    this.records = records;
    this.changelog = changelog;
    this.replies = new ReplyRecords(codec, replySealer);
    this.issuer = issuer;
    this.signing = signing;
    this.toSign = new GatheredBatches<>(signing, SIGNED_TOGETHER_MAX, this::prepare, this::send);
    this.clock = clock;
    this.own = own;
  }

  /** One command's records, or why there are none. */
  private static final class Publication {
    private final CommandInFlight command;
    private final Step.Publish step;
    private final Settled settled;
    private List<ProducerRecord<byte[], byte[]>> records;
    private RuntimeException fault;

    private Publication(CommandInFlight command, Settled settled) {
      this.command = command;
      this.settled = settled;
      this.step = (Step.Publish) command.step();
    }
  }

  @Override
  public void publish(List<CommandInFlight> commands, Settled settled) {
    List<Publication> signed = new ArrayList<>(commands.size());
    List<Publication> plain = new ArrayList<>();
    for (CommandInFlight command : commands) {
      Publication publication = new Publication(command, settled);
      (isToBeSigned(publication) ? signed : plain).add(publication);
    }
    if (!plain.isEmpty()) {
      plain.forEach(this::prepare);
      send(plain);
    }
    if (!signed.isEmpty()) {
      toSign.add(signed);
    }
  }

  @Override
  public void reply(CommandInFlight command, Settled settled) {
    ProducerRecord<byte[], byte[]> reply;
    try {
      reply = reply(command);
    } catch (RuntimeException e) {
      settled.failed(command, e);
      return;
    }
    Acknowledgement acknowledgement = new Acknowledgement(command, 1, settled, clock, System.currentTimeMillis());
    if (underWayBytes.get() < UNDER_WAY_MAX_BYTES) {
      send(reply, acknowledgement);
    } else {
      signing.execute(() -> send(reply, acknowledgement));
    }
  }

  private static boolean isToBeSigned(Publication publication) {
    return isSigned(publication.step.answer()) && publication.command.preparedReply().isEmpty();
  }

  private static boolean isSigned(Answer answer) {
    return answer instanceof Answer.Granted || answer instanceof Answer.Signed;
  }

  // On a signing thread everything that costs is done that can be done: encoding, sealing, authenticating.
  private void prepare(Publication publication) {
    CommandInFlight command = publication.command;
    Step.Publish step = publication.step;
    try {
      if (isToBeSigned(publication)) {
        sign(command, step);
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

  private void sign(CommandInFlight command, Step.Publish step) {
    if (step.answer() instanceof Answer.Granted granted) {
      command.issued(issuer.issue(command.command().clientId(), granted.terms(), step.consent()));
      command.prepareReply(reply(command, granted));
    } else if (step.answer() instanceof Answer.Signed signed) {
      Command.SignResponse asked = (Command.SignResponse) command.command();
      String response = issuer.sign(signed.terms(), asked.subject(), asked.content());
      command.prepareReply(records.record(Topics.REPLIES, command.replyPartition(), (String) null,
          replies.ofResponse(asked.delivery().commandId(), response)));
    }
  }

  private ProducerRecord<byte[], byte[]> reply(CommandInFlight command) {
    Answer answer = ((Step.Reply) command.step()).answer();
    return isSigned(answer) && command.preparedReply().isPresent()
        ? command.preparedReply().get()
        : reply(command, answer);
  }

  private ProducerRecord<byte[], byte[]> reply(CommandInFlight command, Answer answer) {
    return records.record(Topics.REPLIES, command.replyPartition(), (String) null,
        replies.of(command.command().delivery().commandId(), answer, command.issued()));
  }

  private void send(List<Publication> batch) {
    long sentAtMs = System.currentTimeMillis();
    for (Publication publication : batch) {
      if (publication.fault != null) {
        publication.settled.failed(publication.command, publication.fault);
      } else if (publication.records.isEmpty()) {
        publication.settled.acknowledged(publication.command);
      } else {
        Acknowledgement acknowledgement = new Acknowledgement(
            publication.command, publication.records.size(), publication.settled, clock, sentAtMs);
        publication.records.forEach(record -> send(record, acknowledgement));
      }
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
    long bytes = record.value().length;
    underWayBytes.addAndGet(bytes);
    try {
      producer.send(record, (metadata, failure) -> {
        underWayBytes.addAndGet(-bytes);
        if (failure == null && metadata.hasOffset() && metadata.topic().equals(Topics.AUTHORIZATIONS)) {
          own.acknowledged(metadata.partition(), metadata.offset());
        }
        acknowledgement.onCompletion(metadata, failure);
      });
    } catch (KafkaException | IllegalStateException e) {
      underWayBytes.addAndGet(-bytes);
      // Closed, or of no more use: this process is about to end, and the command is another's.
      acknowledgement.onCompletion(null,
          RecordFaults.isOfTheRecord(e) ? e : new InfrastructureException("the producer took nothing", e));
    }
  }
}
