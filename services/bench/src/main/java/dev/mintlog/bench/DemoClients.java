package dev.mintlog.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** The clients that a demo system was seeded with, from the file it keeps: {@code {"clients":[{"id":…,"secret":…}]}}. */
final class DemoClients {

  private final Path file;

  DemoClients(Path file) {
    this.file = file;
  }

  /**
   * The Authorization header of one of them.
   *
   * @throws BenchException if the file or the client in it is missing
   */
  String authorization(String clientId) {
    for (JsonNode client : read().path("clients")) {
      if (clientId.equals(client.path("id").asText()) && client.path("secret").isTextual()) {
        return PreparedRequest.basic(clientId, client.get("secret").asText());
      }
    }
    throw new BenchException("client " + clientId + " is not in " + file + ": name one that is with --client");
  }

  private JsonNode read() {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException missing) {
      throw new BenchException("cannot read the demo clients in " + file + ": start ./mintlog up, or say where with --dir");
    }
  }
}
