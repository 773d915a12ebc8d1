package dev.mintlog.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free loopback port whose every answer, byte for byte, a test decides. */
public final class TokenServer implements AutoCloseable {

  /** The answer to the request of this number (from 1); empty closes the connection without one. */
  public interface Behaviour {
    Optional<String> answer(int number, String request) throws InterruptedException;
  }

  private final ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  public TokenServer(Behaviour behaviour) throws IOException {
    threads.execute(() -> {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          open.add(socket);
          accepted.incrementAndGet();
          threads.execute(() -> serve(socket, behaviour));
        } catch (IOException | RejectedExecutionException closed) {
          return;
        }
      }
    });
  }

  public static String jwt(String alg) {
    String header = "{\"alg\":\"" + alg + "\"}";
    return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8)) + ".e30.c2ln";
  }

  public static String token() {
    return "{\"access_token\":\"" + jwt("ES256") + "\",\"token_type\":\"Bearer\"}";
  }

  public static String ok(String body) {
    return http("200 OK", "", body);
  }

  public static String http(String status, String headers, String body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "content-length: " + body.length() + "\r\n\r\n" + body;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/connect/token");
  }

  public int requests() {
    return requests.get();
  }

  public int accepted() {
    return accepted.get();
  }

  private void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      socket.setTcpNoDelay(true);
      while (true) {
        String request = readRequest(socket.getInputStream());
        Optional<String> answer = behaviour.answer(requests.incrementAndGet(), request);
        if (answer.isEmpty()) {
          return;
        }
        socket.getOutputStream().write(answer.get().getBytes(UTF_8));
        if (answer.get().contains("Connection: close")) {
          return;
        }
      }
    } catch (IOException | InterruptedException over) {
      // the client went away or the test is over
    } finally {
      open.remove(socket);
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    return head + new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
