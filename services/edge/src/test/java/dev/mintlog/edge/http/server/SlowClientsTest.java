package dev.mintlog.edge.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.NamedProxies;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections are bounded in number, and so is the time that a request may take to arrive. */
class SlowClientsTest {
  private static final String HEAD = "POST /connect/token HTTP/1.1\r\nHost: a\r\n"
      + "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration NEVER = Duration.ofMinutes(10);

  private final List<Socket> sockets = new ArrayList<>();
  private ServedEdge edge;

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    edge.close();
  }

  @Test
  void shouldCloseAConnectionWhoseHeadDoesNotArrive() throws Exception {
    serve(new HttpBounds(SOON, NEVER, 10));
    Socket slow = open();
    send(slow, HEAD);

    assertThat(closedWhileSending(slow, "X")).isTrue();
  }

  @Test
  void shouldCloseAConnectionOnWhichNothingArrives() throws Exception {
    serve(new HttpBounds(SOON, NEVER, 10));

    assertThat(closed(open())).isTrue();
  }

  @Test
  void shouldCloseAConnectionWhoseBodyDoesNotArrive() throws Exception {
    serve(new HttpBounds(SOON, NEVER, 10));
    Socket slow = open();
    send(slow, HEAD + "Content-Length: 60000\r\n\r\ngrant_type=");

    assertThat(closedWhileSending(slow, "x")).isTrue();
  }

  @Test
  void shouldCloseAKeptConnectionWhoseNextHeadDoesNotArrive() throws Exception {
    serve(new HttpBounds(SOON, SOON.dividedBy(2), 10));
    Socket slow = open();
    send(slow, HEAD + "Content-Length: 0\r\n\r\n");
    assertThat(new BufferedReader(new InputStreamReader(slow.getInputStream(), US_ASCII)).readLine()).contains("40");
    send(slow, HEAD);

    assertThat(closedWhileSending(slow, "X")).isTrue();
  }

  @Test
  void shouldNotCloseAConnectionWhoseAnswerTakesLong() throws Exception {
    serve(new HttpBounds(SOON, NEVER, 10));
    Socket waiting = open();
    String form = "grant_type=client_credentials&client_id=app&client_secret=" + TestRegistry.SECRET;
    send(waiting, HEAD + "Content-Length: " + form.length() + "\r\n\r\n" + form);

    // When what arrived meanwhile and did not end is closed
    InMemoryCommandLog.Appended command = edge.log.next();
    Socket slow = open();
    send(slow, HEAD);
    assertThat(closedWhileSending(slow, "X")).isTrue();
    edge.answer(command, new Reply.Denied("invalid_scope", "found another"));

    // Then
    assertThat(new BufferedReader(new InputStreamReader(waiting.getInputStream(), US_ASCII)).readLine())
        .isEqualTo("HTTP/1.1 400 Bad Request");
  }

  @Test
  void shouldCloseAtOnceWhatIsOverTheBoundAndTakeMoreWhenOneIsClosed() throws Exception {
    serve(new HttpBounds(NEVER, NEVER, 2));
    Socket first = open();
    assertThat(isServed(first)).isTrue();
    assertThat(isServed(open())).isTrue();

    assertThat(closed(open())).as("the third of two").isTrue();
    assertThat(loginApiIsServed()).as("the other port has its own bound").isTrue();

    first.close();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    boolean served = false;
    while (!served && deadline - System.nanoTime() > 0) {
      served = isServed(open());
    }
    assertThat(served).as("a connection in place of the one that was closed").isTrue();
  }

  private void serve(HttpBounds bounds) {
    edge = new ServedEdge(NamedProxies.NONE, bounds);
  }

  private Socket open() throws IOException {
    return open(edge.ports().port());
  }

  private Socket open(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private boolean loginApiIsServed() throws IOException {
    return isServed(open(edge.ports().loginPort()));
  }

  private static boolean isServed(Socket socket) {
    try {
      send(socket, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
      String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return line != null && line.startsWith("HTTP/1.1 ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the server ends it; fails after the socket's time-out where it does not. */
  private static boolean closed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes().length == 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** The same, while a byte is sent whenever one is taken, so that the connection is never idle. */
  private static boolean closedWhileSending(Socket socket, String text) throws Exception {
    CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
      try {
        while (socket.getInputStream().read() >= 0) {
          // What was left of an earlier answer.
        }
        return true;
      } catch (SocketException e) {
        return true;
      } catch (IOException e) {
        return false;
      }
    });
    while (!closed.isDone()) {
      try {
        send(socket, text);
      } catch (SocketException e) {
        break;
      }
      try {
        closed.get(20, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not yet: one more byte.
      }
    }
    return closed.get(10, TimeUnit.SECONDS);
  }
}
