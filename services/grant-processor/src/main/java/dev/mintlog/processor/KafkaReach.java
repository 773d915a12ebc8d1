package dev.mintlog.processor;

import dev.mintlog.runtime.health.Check;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka answers, as of the last look. */
final class KafkaReach {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReach.class);
  private static final int ANSWER_MAX_MS = 3_000;

  private final Admin admin;
  private volatile Check last = Check.ok();

  KafkaReach(Admin admin) {
    this.admin = admin;
  }

  /** One look; does not block. */
  void look() {
    admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MAX_MS)).clusterId()
        .whenComplete((id, failure) -> found(
            failure == null ? Check.ok() : Check.failing("Kafka does not answer: " + failure.getMessage())));
  }

  private void found(Check now) {
    if (!now.getClass().equals(last.getClass())) {
      LOG.warn(now.match(() -> "Kafka answers again", Check.Failing::reason));
    }
    last = now;
  }

  Check last() {
    return last;
  }
}
