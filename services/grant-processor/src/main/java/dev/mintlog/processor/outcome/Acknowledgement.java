package dev.mintlog.processor.outcome;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.RecordFaults;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.Outcomes.Settled;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Waits until the log has all records of one command's step, and tells so once. A record that the log will never take is a
 * fault of ours, which is answered; whatever else goes wrong is the log's, and the step is performed again.
 */
final class Acknowledgement implements Callback {
  private final CommandInFlight command;
  private final Settled settled;
  private final ClockFit clock;
  private final long sentAtMs;
  private int open;
  private Exception failure;

  Acknowledgement(CommandInFlight command, int records, Settled settled, ClockFit clock, long sentAtMs) {
    this.command = command;
    this.settled = settled;
    this.clock = clock;
    this.sentAtMs = sentAtMs;
    this.open = records;
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception exception) {
    if (exception == null) {
      clock.observe(metadata.timestamp(), sentAtMs, System.currentTimeMillis());
    }
    synchronized (this) {
      // Tried again, the others would go well and this one fail as before.
      if (exception != null && !RecordFaults.isOfTheRecord(failure)) {
        failure = exception;
      }
      open--;
      if (open > 0) {
        return;
      }
    }
    if (failure == null) {
      settled.acknowledged(command);
    } else if (RecordFaults.isOfTheRecord(failure)) {
      settled.failed(command, new IllegalStateException(
          "expected a record that the log takes, but: " + failure.getMessage(), failure));
    } else {
      settled.failed(command,
          new InfrastructureException("the log did not acknowledge: " + failure.getMessage(), failure));
    }
  }
}
