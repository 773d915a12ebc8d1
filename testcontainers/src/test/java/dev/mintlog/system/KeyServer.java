package dev.mintlog.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where clients and issuers publish their keys: on loopback, for the run. */
final class KeyServer {
  private final HttpServer server;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  KeyServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    if (path.startsWith("/moved/")) {
      exchange.getResponseHeaders().add("Location", path.substring("/moved".length()));
      exchange.sendResponseHeaders(302, -1);
    } else if (texts.containsKey(path)) {
      byte[] text = texts.get(path).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  void publish(String path, String text) {
    texts.put(path, text);
  }

  /** Without a slash at its end. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often a path was asked for. */
  long asked(String path) {
    return asked.stream().filter(path::equals).count();
  }

  void stop() {
    server.stop(0);
  }
}
