package dev.mintlog.edge.command;

import dev.mintlog.edge.reply.Unanswered;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Port: the log of commands. */
public interface CommandLog {

  /**
   * Appends a command without ever blocking.
   *
   * @param key what its partition follows from
   * @param failed called at most once, on any thread, with {@link Unanswered#NOT_APPENDED} or {@link
   *     Unanswered#MAYBE_APPENDED}; not called where the log has the command
   */
  void append(String key, SpecificRecord command, Consumer<Unanswered> failed);

  /** The partition of token-replies that this edge reads. */
  int replyPartition();
}
