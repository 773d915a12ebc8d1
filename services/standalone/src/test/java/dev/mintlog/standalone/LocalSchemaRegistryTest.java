package dev.mintlog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalSchemaRegistryTest {
  private static final String NARROW = "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[%s]}";
  private static final String TEXT = "{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"string\\\"}";
  private static final String NUMBER = "{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\"}";

  @TempDir
  Path dir;

  private LocalSchemaRegistry registry;

  @AfterEach
  void stop() throws InterruptedException {
    registry.kill();
  }

  @Test
  void shouldKeepIdsOverKillAndRefuseAnIncompatibleSchema() throws Exception {
    // Given
    registry = new LocalSchemaRegistry(dir, LoopbackPorts.free());
    registry.start();
    assertThat(get("/config").body()).contains("FULL_TRANSITIVE");
    register("other-value", TEXT.replace("\\\"a\\\"", "\\\"other\\\""));
    String id = register("records-value", TEXT).body();

    // When
    registry.kill();
    registry.start();

    // Then
    assertThat(register("records-value", TEXT).body()).isEqualTo(id);
    assertThat(register("records-value", NUMBER).statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> register(String subject, String field) throws Exception {
    return send(request("/subjects/" + subject + "/versions")
        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
        .POST(BodyPublishers.ofString("{\"schema\":\"" + String.format(NARROW, field) + "\"}")));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(registry.uri() + path)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
