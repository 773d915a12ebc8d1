package dev.mintlog.edge.http.server;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What is on its way to one event loop, and until when: the next head of each connection, and the bodies of requests
 * whose head is here. Whoever sends a byte now and then is never idle; without this a connection would be theirs for ever.
 * Confined to its event loop; bounded by the connections that are open.
 */
final class Arrivals {
  private final HttpBounds bounds;
  private final OpenConnections open;
  private final LongSupplier nanoTime;
  private final Map<HttpConnection, Long> headsDue = new HashMap<>();
  // In the order in which they are due: all have the same time.
  private final Map<HttpServerRequest, Long> bodiesDue = new LinkedHashMap<>();

  /** @param open the port's connections */
  Arrivals(HttpBounds bounds, OpenConnections open, LongSupplier nanoTime) {
    this.bounds = bounds;
    this.open = open;
    this.nanoTime = nanoTime;
  }

  /** A connection was opened. Where there are too many it is closed at once. */
  void opened(HttpConnection connection) {
    if (!open.opened()) {
      connection.close();
      return;
    }
    headsDue.put(connection, nanoTime.getAsLong() + bounds.arrivalMax().toNanos());
    connection.closeHandler(closed -> {
      if (headsDue.remove(connection) != null) {
        open.closed();
      }
    });
  }

  /** The head of a request is here. */
  void begun(HttpServerRequest request) {
    long now = nanoTime.getAsLong();
    headsDue.replace(request.connection(), now + bounds.betweenHeadsMax().toNanos());
    if (!request.isEnded()) {
      bodiesDue.put(request, now + bounds.arrivalMax().toNanos());
      request.end().onComplete(ended -> bodiesDue.remove(request));
    }
  }

  /** Closes the connections of all that is overdue. */
  void closeOverdue() {
    long now = nanoTime.getAsLong();
    // A close may be heard of before it returns.
    List<HttpConnection> overdue = new ArrayList<>(0);
    List<HttpServerRequest> late = new ArrayList<>(0);
    // Differences, not times, are compared: nanoTime may overflow.
    Iterator<Map.Entry<HttpServerRequest, Long>> bodies = bodiesDue.entrySet().iterator();
    while (bodies.hasNext()) {
      Map.Entry<HttpServerRequest, Long> body = bodies.next();
      if (body.getValue() - now > 0) {
        break;
      }
      bodies.remove();
      late.add(body.getKey());
    }
    headsDue.forEach((connection, due) -> {
      if (due - now <= 0) {
        overdue.add(connection);
      }
    });
    overdue.forEach(HttpConnection::close);
    late.forEach(Arrivals::end);
  }

  // HTTP/2 ends the one stream; the connection's other requests go on.
  private static void end(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}
