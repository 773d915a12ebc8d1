package dev.mintlog.edge.reply;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the replies of one poll to the event loops their requests live on: one task per loop and batch, because
 * waking a loop costs more than answering a request. Confined to the thread that polls.
 */
final class ReplyHandOff {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyHandOff.class);

  private record Settled(PendingReply waiting, Reply reply) {}

  private final Map<Executor, List<Settled>> byLoop = new IdentityHashMap<>();

  void add(PendingReply waiting, Reply reply) {
    byLoop.computeIfAbsent(waiting.loop(), loop -> new ArrayList<>()).add(new Settled(waiting, reply));
  }

  /** Hands everything over and starts anew. */
  void handOver() {
    byLoop.forEach((loop, batch) -> loop.execute(() -> batch.forEach(ReplyHandOff::answer)));
    byLoop.clear();
  }

  // One who fails must not cost the others of the batch their answers.
  private static void answer(Settled settled) {
    try {
      settled.waiting().answer(settled.reply());
    } catch (RuntimeException e) {
      LOG.error("the reply to command {} could not be taken", settled.waiting().commandId(), e);
    }
  }
}
