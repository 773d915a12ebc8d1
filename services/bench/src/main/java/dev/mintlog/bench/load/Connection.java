package dev.mintlog.bench.load;

import dev.mintlog.bench.script.AnswerBuffer;
import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Target;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Carries one request at a time and brings back its answer; opened by the first request, and anew by the next one after
 * either side ended it.
 */
final class Connection {

  /** Whose requests it carries. Both calls come when nothing is in flight, so that the next request may be sent. */
  interface Owner {
    void answered(AnswerBuffer answer, long latencyNanos, Tally tally);

    void failed(String error, Tally tally);
  }

  private final Target target;
  private final Selector selector;
  private final Owner owner;
  private final AnswerBuffer answer = new AnswerBuffer();
  /** Null while it is closed. */
  private SocketChannel channel;
  private SelectionKey key;
  /** The request in flight, or null. */
  private ByteBuffer outgoing;
  private long sentAt;

  Connection(Target target, Selector selector, Owner owner) {
    this.target = target;
    this.selector = selector;
    this.owner = owner;
  }

  /**
   * Sends at once, or when the connection is there. To be called while nothing is in flight.
   *
   * @throws BenchException if nobody listens
   */
  void send(ByteBuffer request, Tally tally) {
    outgoing = request;
    answer.clear();
    sentAt = System.nanoTime();
    if (channel == null) {
      open();
      return;
    }
    try {
      write();
    } catch (IOException reset) {
      fail("connection reset", tally);
    }
  }

  /** Does what the socket is ready for. */
  void serve(Tally tally) {
    if (key.isConnectable()) {
      finishConnect();
    }
    try {
      if (key.isReadable()) {
        read(tally);
      } else if (key.isWritable()) {
        write();
      }
    } catch (IOException reset) {
      fail("connection reset", tally);
    }
  }

  /** An answer this late is an error; the connection goes with it, or the late answer would be taken for the next. */
  void giveUpIfSentBefore(long nanoTime, Tally tally) {
    if (outgoing != null && sentAt - nanoTime < 0) {
      fail("no answer in time", tally);
    }
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException alreadyGone) {
      // nothing is lost with it
    }
    channel = null;
  }

  private void read(Tally tally) throws IOException {
    int count = channel.read(answer.free());
    if (outgoing == null) {
      // Idle, and the server ended it or says what nobody asked for: the next request opens another.
      close();
      return;
    }
    if (count < 0) {
      fail("closed without an answer", tally);
      return;
    }
    AnswerBuffer.Progress progress = answer.progress();
    if (progress == AnswerBuffer.Progress.UNREADABLE) {
      fail("unreadable answer", tally);
    } else if (progress == AnswerBuffer.Progress.COMPLETE) {
      long latencyNanos = System.nanoTime() - sentAt;
      outgoing = null;
      if (answer.closes()) {
        tally.reopened();
        close();
      }
      owner.answered(answer, latencyNanos, tally);
    }
  }

  private void write() throws IOException {
    channel.write(outgoing);
    int interest = outgoing.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void fail(String error, Tally tally) {
    boolean inFlight = outgoing != null;
    outgoing = null;
    close();
    if (inFlight) {
      tally.reopened();
      owner.failed(error, tally);
    }
  }

  private void open() {
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      key = channel.register(selector, SelectionKey.OP_CONNECT, this);
      // Also where loopback connects at once: OP_WRITE then sends the first request from the loop like any other.
      if (channel.connect(target.address())) {
        connected();
      }
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private void finishConnect() {
    try {
      channel.finishConnect();
    } catch (IOException failed) {
      throw unreachable(failed);
    }
    connected();
  }

  private void connected() {
    sentAt = System.nanoTime();
    key.interestOps(SelectionKey.OP_WRITE);
  }

  private BenchException unreachable(IOException cause) {
    close();
    return new BenchException("cannot connect to " + target.authority() + " (" + cause.getMessage()
        + "): start it with ./mintlog up, or name its address with " + target.option());
  }
}
