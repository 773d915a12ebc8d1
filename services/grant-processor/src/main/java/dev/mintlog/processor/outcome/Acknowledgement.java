package dev.mintlog.processor.outcome;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.Outcomes.Settled;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Waits until the log has all records of one command's step, and tells so once. */
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
      if (exception != null) {
        failure = exception;
      }
      open--;
      if (open > 0) {
        return;
      }
    }
    if (failure == null) {
      settled.acknowledged(command);
    } else {
      settled.failed(command,
          new InfrastructureException("the log did not acknowledge: " + failure.getMessage(), failure));
    }
  }
}
