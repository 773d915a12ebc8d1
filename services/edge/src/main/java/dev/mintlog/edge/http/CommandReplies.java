package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.ReplyListener;
import dev.mintlog.edge.request.Refusal;
import java.util.function.Consumer;

/** Says what became of a command that has one kind of good answer and may be sent again. */
public final class CommandReplies {
  private CommandReplies() {}

  /**
   * Hears what became of a command.
   *
   * @param expected the kind of its good answer, which {@code good} is called with
   */
  public static <R extends Reply> ReplyListener listener(Exchange exchange, Class<R> expected, Consumer<R> good) {
    return listener(exchange, expected, good, refusal -> Responses.refusal(exchange, refusal));
  }

  /** As above; any other answer is for {@code refused} to write. */
  public static <R extends Reply> ReplyListener listener(
      Exchange exchange, Class<R> expected, Consumer<R> good, Consumer<Refusal> refused) {
    return exchange.listener(
        reply -> answer(expected, good, reply, refused),
        why -> refused.accept(Unavailable.refusal(why, exchange.hasProofs(), true)));
  }

  private static <R extends Reply> void answer(
      Class<R> expected, Consumer<R> good, Reply reply, Consumer<Refusal> refused) {
    if (expected.isInstance(reply)) {
      good.accept(expected.cast(reply));
    } else if (reply instanceof Reply.Denied denied) {
      refused.accept(Refusal.decided(denied.error(), denied.description()));
    } else {
      refused.accept(Refusal.of(TokenError.SERVER_ERROR, "expected another kind of answer from the log"));
    }
  }
}
