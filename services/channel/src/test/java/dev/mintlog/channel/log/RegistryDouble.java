package dev.mintlog.channel.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The three calls of Confluent's REST API that the client makes, and a record of them. */
final class RegistryDouble implements AutoCloseable {
  private static final String API = "/apis/ccompat/v7";
  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  private final Map<String, Integer> subjects = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile int failingWith;

  RegistryDouble() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(API, this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + API;
  }

  synchronized String schemaOf(String subject) {
    return schemas.get(subjects.get(subject) - 1);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(API.length());
    calls.add(exchange.getRequestMethod() + " " + path);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (failingWith != 0) {
      answer(exchange, failingWith, Map.of("error_code", failingWith * 100, "message", "told to"));
    } else if (path.startsWith("/schemas/ids/")) {
      byId(exchange, Integer.parseInt(path.substring("/schemas/ids/".length())));
    } else if (path.endsWith("/versions")) {
      register(exchange, path.split("/")[2], schema(body));
    } else {
      lookUp(exchange, path.split("/")[2], schema(body));
    }
  }

  private void byId(HttpExchange exchange, int id) throws IOException {
    if (id < 1 || id > schemas.size()) {
      answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    } else {
      answer(exchange, 200, Map.of("schema", schemas.get(id - 1)));
    }
  }

  private void register(HttpExchange exchange, String subject, String schema) throws IOException {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    int id = schemas.indexOf(schema) + 1;
    subjects.put(subject, id);
    answer(exchange, 200, Map.of("id", id));
  }

  private void lookUp(HttpExchange exchange, String subject, String schema) throws IOException {
    Integer id = subjects.get(subject);
    if (id == null || !schemas.get(id - 1).equals(schema)) {
      answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    } else {
      answer(exchange, 200, Map.of("subject", subject, "version", 1, "id", id, "schema", schema));
    }
  }

  private String schema(byte[] body) throws IOException {
    JsonNode request = json.readTree(body);
    return request.get("schema").asText();
  }

  private void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
    byte[] text = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
