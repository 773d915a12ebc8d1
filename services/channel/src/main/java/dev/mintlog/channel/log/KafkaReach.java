package dev.mintlog.channel.log;

import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka answers, as of the last times it was asked. Asking never blocks. Thread-safe. */
public final class KafkaReach {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
  private static final int ANSWER_MAX_MS = 2_000;

  /** A single answer may get lost in a long pause of either side. */
  private static final int SILENCES_MAX = 1;

  private final Admin admin;
  private int silences;
  private volatile boolean answers = true;

  public KafkaReach(Admin admin) {
    this.admin = admin;
  }

  /** Asks; the answer shows when it is there. */
  public void ask() {
    admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MAX_MS)).clusterId()
        .whenComplete((id, failure) -> found(failure == null));
  }

  synchronized void found(boolean answered) {
    silences = answered ? 0 : Math.min(silences + 1, SILENCES_MAX + 1);
    boolean now = silences <= SILENCES_MAX;
    if (now != answers) {
      LOG.warn(now ? "Kafka answers again" : "Kafka does not answer");
    }
    answers = now;
  }

  /** False where it was silent more often in a row than may happen. */
  public boolean answers() {
    return answers;
  }

  /** What is wrong, in one line; empty where Kafka answers. */
  public Optional<String> problem() {
    return answers ? Optional.empty()
        : Optional.of("expected Kafka to answer within " + ANSWER_MAX_MS + " ms, but it did not");
  }
}
