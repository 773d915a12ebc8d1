package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/** Reads a request's body whole, within a bound. */
public final class BodyReader {
  /** Larger bodies are refused as soon as their size shows. */
  public static final int BODY_BYTES_MAX = 64 * 1024;

  // A client that is still sending would not see its answer if the connection were closed under it; this much is read
  // and dropped for its sake.
  private static final int DROPPED_BYTES_MAX = 1024 * 1024;

  private static final byte[] EMPTY = new byte[0];
  private static final String CONTINUE = "100-continue";

  private final HttpServerRequest request;
  private final Consumer<Checked<byte[]>> then;
  private Buffer read;
  private boolean inPieces;
  private long bytes;
  private boolean refused;

  private BodyReader(HttpServerRequest request, Consumer<Checked<byte[]>> then) {
    this.request = request;
    this.then = then;
  }

  /** @param then called once, unless the connection ends before the body does */
  public static void read(Exchange exchange, Consumer<Checked<byte[]>> then) {
    BodyReader reader = new BodyReader(exchange.request(), exchange.later(then));
    boolean waits = CONTINUE.equalsIgnoreCase(exchange.request().headers().get(HttpHeaders.EXPECT));
    if (announcesTooMuch(exchange.request())) {
      if (waits) {
        reader.refuseAndClose(exchange);
      } else {
        reader.refuse();
        reader.drop();
      }
      return;
    }
    if (waits) {
      exchange.response().writeContinue();
    }
    exchange.request().handler(reader::chunk).endHandler(end -> reader.end());
  }

  private static boolean announcesTooMuch(HttpServerRequest request) {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    // The HTTP decoder has seen to it that this is a number.
    return length != null && (length.length() > 9 || Integer.parseInt(length) > BODY_BYTES_MAX);
  }

  private void chunk(Buffer chunk) {
    bytes += chunk.length();
    if (refused) {
      if (bytes > DROPPED_BYTES_MAX) {
        end(request);
      }
    } else if (bytes > BODY_BYTES_MAX) {
      read = null;
      refuse();
    } else if (read == null) {
      read = chunk;
    } else {
      if (!inPieces) {
        inPieces = true;
        read = Buffer.buffer(BODY_BYTES_MAX).appendBuffer(read);
      }
      read.appendBuffer(chunk);
    }
  }

  private void end() {
    if (!refused) {
      then.accept(Checked.accepted(read == null ? EMPTY : read.getBytes()));
    }
  }

  private void refuse() {
    refused = true;
    then.accept(Checked.refused(
        Refusal.http(413, "expected a body of at most " + BODY_BYTES_MAX + " bytes, but found more")));
  }

  // RFC 9110 §10.1.1: whoever waits for 100 and is refused sends no body; the next request would be taken for it.
  private void refuseAndClose(Exchange exchange) {
    if (request.version() != HttpVersion.HTTP_2) {
      exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    refuse();
    end(request);
  }

  // HTTP/2 ends the one stream; the connection's other requests go on.
  private static void end(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private void drop() {
    request.handler(this::chunk);
  }
}
