package dev.mintlog.channel.log;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Tells why a record was not taken: for what it is, which no repetition changes, or for how the log is. */
public final class RecordFaults {
  private RecordFaults() {}

  /**
   * Whether the log will never take this record, however often it is sent. A missing permission or a topic that is gone is
   * none of the record's doing: nothing can be written until an operator mends that, and what is waiting then goes on.
   */
  public static boolean isOfTheRecord(Throwable failure) {
    return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidRecordException || failure instanceof SerializationException;
  }
}
