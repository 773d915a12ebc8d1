package dev.mintlog.processor.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far one partition is done. Commands finish in any order, but an offset says "all before this": it moves only over
 * what is finished without a gap. Thread-safe.
 */
public final class PartitionProgress {
  private final Deque<Mark> open = new ArrayDeque<>();
  private long next = -1;

  /** One record on its way. */
  public static final class Mark {
    private final long offset;
    private boolean finished;

    private Mark(long offset) {
      this.offset = offset;
    }
  }

  /** A record was taken; offsets come in the order of the partition. */
  public synchronized Mark begin(long offset) {
    if (next < 0) {
      next = offset;
    }
    Mark mark = new Mark(offset);
    open.addLast(mark);
    return mark;
  }

  /** Nothing of this record is left to do. */
  public synchronized void finish(Mark mark) {
    mark.finished = true;
    while (!open.isEmpty() && open.peekFirst().finished) {
      next = open.removeFirst().offset + 1;
    }
  }

  /** Records taken whose offsets cannot be committed yet. */
  public synchronized int outstanding() {
    return open.size();
  }

  /** The offset to commit: all records before it are finished. Empty while none was ever taken. */
  public synchronized OptionalLong committable() {
    return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
  }
}
