package dev.mintlog.edge.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One request on its way. */
final class OutboundCall {
  private HttpClientRequest request;
  private boolean isOver;

  synchronized Future<HttpClientResponse> send(HttpClientRequest made, Buffer body) {
    request = made;
    if (isOver) {
      made.reset();
      return Future.failedFuture("its time was over before it was sent");
    }
    // Whoever reads no body is told of no failure in it, the one by end() included.
    return (body.length() == 0 ? made.send() : made.send(body))
        .onSuccess(response -> response.exceptionHandler(unread -> { }));
  }

  Future<Buffer> body(HttpClientResponse response, int bytesMax) {
    Promise<Buffer> whole = Promise.promise();
    response.exceptionHandler(whole::tryFail);
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      if (body.length() + part.length() > bytesMax) {
        whole.tryFail("expected at most " + bytesMax + " bytes, found more");
      } else {
        body.appendBuffer(part);
      }
    });
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  /** Lets go of the connection, whatever still comes. */
  synchronized void end() {
    isOver = true;
    if (request != null) {
      request.reset();
    }
  }
}
