package dev.mintlog.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One closed loop: send, wait for the answer, send again; opened anew when the server ends it. */
final class Connection {

  private final Target target;
  private final PreparedRequest request;
  private final Selector selector;
  private final ByteBuffer outgoing;
  private final AnswerBuffer answer = new AnswerBuffer();
  private SocketChannel channel;
  private SelectionKey key;
  private long sentAt;

  Connection(Target target, PreparedRequest request, Selector selector) throws IOException {
    this.target = target;
    this.request = request;
    this.selector = selector;
    this.outgoing = request.newBuffer();
    open();
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
      failAndReopen("connection reset", tally);
    }
  }

  /** An answer this late is an error; the connection goes with it, or the late answer would be taken for the next. */
  void giveUpIfSentBefore(long nanoTime, Tally tally) {
    if (sentAt - nanoTime < 0) {
      failAndReopen("no answer in time", tally);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // nothing is lost with it
    }
  }

  private void read(Tally tally) throws IOException {
    if (channel.read(answer.free()) < 0) {
      failAndReopen("closed without an answer", tally);
      return;
    }
    AnswerBuffer.Progress progress = answer.progress();
    if (progress == AnswerBuffer.Progress.UNREADABLE) {
      failAndReopen("unreadable answer", tally);
    } else if (progress == AnswerBuffer.Progress.COMPLETE) {
      tally.answered(answer, System.nanoTime() - sentAt);
      if (answer.closes()) {
        tally.reopened();
        reopen();
      } else {
        send();
      }
    }
  }

  private void send() throws IOException {
    answer.clear();
    request.renew(outgoing);
    sentAt = System.nanoTime();
    write();
  }

  private void write() throws IOException {
    channel.write(outgoing);
    int interest = outgoing.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void failAndReopen(String error, Tally tally) {
    tally.failed(error);
    tally.reopened();
    reopen();
  }

  private void reopen() {
    close();
    try {
      open();
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private void open() throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    sentAt = System.nanoTime();
    try {
      // Also where loopback connects at once: OP_WRITE then sends the first request from the loop like any other.
      if (channel.connect(target.address())) {
        firstRequest();
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
    firstRequest();
  }

  private void firstRequest() {
    answer.clear();
    request.renew(outgoing);
    sentAt = System.nanoTime();
    key.interestOps(SelectionKey.OP_WRITE);
  }

  private BenchException unreachable(IOException cause) {
    close();
    return new BenchException("cannot connect to " + target.authority() + " (" + cause.getMessage()
        + "): start it with ./mintlog up, or name its address with --url");
  }
}
