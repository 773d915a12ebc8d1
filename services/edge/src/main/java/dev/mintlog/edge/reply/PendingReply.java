package dev.mintlog.edge.reply;

import java.util.concurrent.Executor;

/**
 * One request that waits.
 *
 * @param commandId the correlation id
 * @param client whose share it takes
 * @param loop the event loop the request lives on; the listener is called there and nowhere else
 * @param givenUpAtNanos when waiting ends, on the clock of {@link System#nanoTime()}
 */
record PendingReply(String commandId, ClientKey client, Executor loop, ReplyListener listener, long givenUpAtNanos) {

  void answer(Reply reply) {
    listener.answered(reply);
  }

  void giveUp(Unanswered why) {
    loop.execute(() -> listener.unanswered(why));
  }
}
