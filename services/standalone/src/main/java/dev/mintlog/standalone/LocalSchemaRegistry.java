package dev.mintlog.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real schema registry with Confluent's API, its schemas and their ids in a file. Compatibility is
 * {@code FULL_TRANSITIVE} for every subject once it is started: its own default would let any change pass.
 */
public final class LocalSchemaRegistry extends LocalPart {
  private static final String API = "/apis/ccompat/v7";
  private static final int PROBE_TIMEOUT_MS = 5_000;

  public LocalSchemaRegistry(Path dir, int port) {
    super("schema registry", dir, port);
  }

  /** For clients: the base of Confluent's API. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port() + API);
  }

  @Override
  List<String> command() {
    // A file, not memory, and written before the answer: an id handed out and forgotten would be given to another
    // schema, and the records that carry it would decode wrongly.
    return new ChildJvm("192m", List.of("-XX:TieredStopAtLevel=1",
        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + dir().resolve("schemas") + ";WRITE_DELAY=0",
        "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port(),
        "-Dquarkus.banner.enabled=false"))
        .command(List.of("-jar", SchemaRegistryApplication.find().toString()));
  }

  @Override
  boolean isReady() throws IOException {
    HttpURLConnection put = (HttpURLConnection) URI.create(uri() + "/config").toURL().openConnection();
    put.setConnectTimeout(PROBE_TIMEOUT_MS);
    put.setReadTimeout(PROBE_TIMEOUT_MS);
    put.setRequestMethod("PUT");
    put.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
    put.setDoOutput(true);
    try (OutputStream body = put.getOutputStream()) {
      body.write("{\"compatibility\":\"FULL_TRANSITIVE\"}".getBytes(StandardCharsets.UTF_8));
    }
    boolean set = put.getResponseCode() == 200;
    put.disconnect();
    return set;
  }

  @Override
  Duration startMax() {
    return Duration.ofSeconds(90);
  }
}
