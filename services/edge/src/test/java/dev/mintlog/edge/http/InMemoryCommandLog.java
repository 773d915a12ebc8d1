package dev.mintlog.edge.http;

import dev.mintlog.edge.command.CommandLog;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.schema.CommandHeader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** A log that remembers what was appended. */
public final class InMemoryCommandLog implements CommandLog {
  public static final int REPLY_PARTITION = 3;

  public record Appended(String key, SpecificRecord command, Consumer<Unanswered> failed) {
    public CommandHeader header() {
      return (CommandHeader) command.get(command.getSchema().getField("header").pos());
    }

    public <T> T as(Class<T> type) {
      return type.cast(command);
    }
  }

  private final BlockingQueue<Appended> appended = new LinkedBlockingQueue<>();
  private volatile boolean refusing;
  private volatile Consumer<Appended> onAppend = command -> { };

  @Override
  public void append(String key, SpecificRecord command, Consumer<Unanswered> failed) {
    if (refusing) {
      failed.accept(Unanswered.NOT_APPENDED);
      return;
    }
    Appended entry = new Appended(key, command, failed);
    appended.add(entry);
    onAppend.accept(entry);
  }

  @Override
  public int replyPartition() {
    return REPLY_PARTITION;
  }

  public void refuse() {
    refusing = true;
  }

  public void onAppend(Consumer<Appended> consumer) {
    onAppend = consumer;
  }

  public Appended next() throws InterruptedException {
    Appended next = appended.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Expected a command within 10 s, but found none");
    }
    return next;
  }

  public boolean isEmpty() {
    return appended.isEmpty();
  }
}
