package dev.mintlog.edge.reply;

/** Settles the pending replies with what a poll of the log brought. Confined to the thread that polls. */
public final class Replies {
  private final PendingReplies pending;
  private final ReplyHandOff handOff = new ReplyHandOff();

  public Replies(PendingReplies pending) {
    this.pending = pending;
  }

  /** Whether anybody here waits for the reply to this command. */
  public boolean isAwaited(String commandId) {
    return pending.isPending(commandId);
  }

  /** A reply; ignored where nobody waits for it any more. */
  public void settle(String commandId, Reply reply) {
    PendingReply waiting = pending.take(commandId);
    if (waiting != null) {
      handOff.add(waiting, reply);
    }
  }

  /** A reply that cannot be read. */
  public void unreadable(String commandId) {
    pending.giveUp(commandId, Unanswered.UNREADABLE);
  }

  /** The batch is complete: whoever was settled hears of it now. */
  public void handOver() {
    handOff.handOver();
  }
}
