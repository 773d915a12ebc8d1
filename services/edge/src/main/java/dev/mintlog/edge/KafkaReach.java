package dev.mintlog.edge;

import dev.mintlog.runtime.health.Check;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka answers, as of the last time it was asked. Asking never blocks. */
final class KafkaReach {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
  private static final int ANSWER_MAX_MS = 2_000;

  private final Admin admin;
  private volatile boolean answers = true;

  KafkaReach(Admin admin) {
    this.admin = admin;
  }

  /** Asks; the answer shows in {@link #check()} when it is there. */
  void ask() {
    admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MAX_MS)).clusterId()
        .whenComplete((id, failure) -> found(failure == null));
  }

  private void found(boolean now) {
    if (now != answers) {
      LOG.warn(now ? "Kafka answers again" : "Kafka does not answer");
    }
    answers = now;
  }

  Check check() {
    return Check.of(answers, "expected Kafka to answer within " + ANSWER_MAX_MS + " ms, but it did not");
  }
}
