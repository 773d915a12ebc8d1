package dev.mintlog.edge.reply;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Hands the replies of one poll to the event loops their requests live on: one task per loop and batch, because waking a
 * loop costs more than answering a request. Confined to the thread that polls.
 */
final class ReplyHandOff {
  private record Settled(PendingReply waiting, Reply reply) {}

  private final Map<Executor, List<Settled>> byLoop = new IdentityHashMap<>();

  void add(PendingReply waiting, Reply reply) {
    byLoop.computeIfAbsent(waiting.loop(), loop -> new ArrayList<>()).add(new Settled(waiting, reply));
  }

  /** Hands everything over and starts anew. */
  void handOver() {
    byLoop.forEach((loop, batch) -> loop.execute(() -> {
      for (Settled settled : batch) {
        settled.waiting().answer(settled.reply());
      }
    }));
    byLoop.clear();
  }
}
