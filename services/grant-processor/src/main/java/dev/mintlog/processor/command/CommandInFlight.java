package dev.mintlog.processor.command;

import dev.mintlog.answer.Answer;
import dev.mintlog.command.Command;
import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.store.Primary;
import dev.mintlog.token.Issued;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One command from the poll to its offset, with what its steps have brought so far. Passed from thread to thread, never
 * shared: whoever performs its step has it alone.
 */
public final class CommandInFlight {
  private final ConsumerRecord<byte[], byte[]> record;
  private final AssignedPartition partition;
  private final PartitionProgress.Mark mark;
  private final Command command;
  private final int replyPartition;
  private final String key;
  private final AtomicBoolean away = new AtomicBoolean();

  private CommandLife life;
  private Step step;
  private Primary primary;
  private Optional<Issued> issued = Optional.empty();
  private Optional<ProducerRecord<byte[], byte[]>> preparedReply = Optional.empty();
  private Optional<Answer.Denied> refusal = Optional.empty();
  private boolean answered;
  private int failures;

  /** @param key the record's key, {@code tenant/id} */
  public CommandInFlight(ConsumerRecord<byte[], byte[]> record, AssignedPartition partition,
      PartitionProgress.Mark mark, Command command, int replyPartition, String key) {
    this.record = record;
    this.partition = partition;
    this.mark = mark;
    this.command = command;
    this.replyPartition = replyPartition;
    this.key = key;
  }

  public ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  public AssignedPartition partition() {
    return partition;
  }

  public Command command() {
    return command;
  }

  /** Partition of token-replies that its edge reads. */
  public int replyPartition() {
    return replyPartition;
  }

  /** The record's key; events and changelog entries have the same. */
  public String key() {
    return key;
  }

  /** The step that is to be performed, or performed again. */
  public Step step() {
    return step;
  }

  public void step(Step next) {
    step = next;
    failures = 0;
  }

  /** Its step is with a port from here on, until somebody {@link #takeBack() takes it back}. */
  public void handOver() {
    away.set(true);
  }

  /** Whether it was with a port and is the caller's now; of several who ask, the first has it. */
  public boolean takeBack() {
    return away.compareAndSet(true, false);
  }

  public CommandLife life() {
    return life;
  }

  public void begin(CommandLife begun) {
    life = begun;
  }

  /** The primary that was last named by a load, commit or write-back of this life. */
  public Primary primary() {
    return primary;
  }

  public void primary(Primary named) {
    primary = named;
  }

  /** The tokens, once signed: a step that is performed again signs nothing again. */
  public Optional<Issued> issued() {
    return issued;
  }

  public void issued(Issued tokens) {
    issued = Optional.of(tokens);
  }

  /** The reply that carries the tokens, made where they were signed; it leaves when the log has the event. */
  public Optional<ProducerRecord<byte[], byte[]>> preparedReply() {
    return preparedReply;
  }

  public void prepareReply(ProducerRecord<byte[], byte[]> reply) {
    preparedReply = Optional.of(reply);
  }

  /** Present where the command is answered without, or in spite of, its life. */
  public Optional<Answer.Denied> refusal() {
    return refusal;
  }

  public void refuse(Answer.Denied denied) {
    refusal = Optional.of(denied);
  }

  /** Whether the log has a reply: whatever goes wrong from here on, there will be no other. */
  public boolean isAnswered() {
    return answered;
  }

  public void answered() {
    answered = true;
  }

  /** Whether the store has taken what this command changes, now or in an earlier delivery. */
  public boolean hasCommitted() {
    return life != null && life.hasCommitted();
  }

  /** How often the present step has failed. */
  public int failures() {
    return failures;
  }

  /** How often the present step has failed, after one more failure. */
  public int failed() {
    return ++failures;
  }

  /** Counts the offset off; the life is over. */
  public void finish() {
    partition.progress().finish(mark);
  }

  @Override
  public String toString() {
    return command.delivery().commandId() + " at " + record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
