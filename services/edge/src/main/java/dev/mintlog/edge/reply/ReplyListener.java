package dev.mintlog.edge.reply;

/** Who waits for the reply to one command. Called exactly once, on the executor it was registered with. */
public interface ReplyListener {

  void answered(Reply reply);

  void unanswered(Unanswered why);
}
