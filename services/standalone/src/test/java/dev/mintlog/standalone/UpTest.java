package dev.mintlog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.runtime.lifecycle.Part;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UpTest {
  @TempDir
  Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final RecordedServices services = new RecordedServices();

  @AfterEach
  void stop() throws Exception {
    if (services.started.isDone()) {
      services.end.accept("the test is over");
      services.up.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldStartTheServicesAfterTheirPartsAndStopEverythingWhenOneEnds() throws Exception {
    // Given
    services.up = up(LoopbackPorts.free());
    LocalParts local = started();
    List<Long> pids = List.of(local.redis().pid(), local.broker().pid(), local.schemaRegistry().pid());
    assertThat(services.deeds).containsExactly("start");

    // When
    ProcessHandle.of(local.redis().pid()).orElseThrow().destroyForcibly();

    // Then
    assertThat(services.up.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(text(err)).isEqualTo("mintlog up: redis ended with exit code 137; see " + local.redis().log() + "\n");
    assertThat(services.deeds).containsExactly("start", "stop");
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    assertThat(StateDirectory.at(dir).announced()).isEmpty();
  }

  @Test
  void shouldSayWhatRunsWhenAskedASecondTime() throws Exception {
    // Given
    int port = LoopbackPorts.free();
    services.up = up(port);
    started();

    // When
    ByteArrayOutputStream secondOut = new ByteArrayOutputStream();
    int exit = new Up(new UpOptions(StateDirectory.at(dir), port, false), new RecordedServices(), printing(secondOut),
        printing(err)).run();

    // Then
    assertThat(exit).isZero();
    assertThat(text(secondOut)).contains("Mintlog runs already.\n", "curl http://127.0.0.1:" + port);
    assertThat(text(err)).isEmpty();
    assertThat(Files.readString(dir.resolve("run/processes.json"))).contains("edge+processor", "broker", "redis",
        "schema registry", "\"pid\" : " + ProcessHandle.current().pid());
  }

  @Test
  void shouldNameTheOptionWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int exit = up(taken.getLocalPort()).get(60, TimeUnit.SECONDS);

      assertThat(exit).isEqualTo(1);
      assertThat(text(err)).startsWith("mintlog up: port " + taken.getLocalPort() + " is taken")
          .endsWith("; choose another with --port\n");
      assertThat(services.deeds).isEmpty();
    }
  }

  // Whatever ends it before, it has said why.
  private LocalParts started() throws Exception {
    CompletableFuture.anyOf(services.started, services.up).get(100, TimeUnit.SECONDS);
    assertThat(services.started).as(text(err)).isDone();
    return services.started.get();
  }

  private CompletableFuture<Integer> up(int port) {
    Up up = new Up(new UpOptions(StateDirectory.at(dir), port, false), services, printing(out), printing(err));
    return CompletableFuture.supplyAsync(() -> {
      try {
        return up.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }, task -> new Thread(task, "up").start());
  }

  private static PrintStream printing(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Services of one part that says when it was started and stopped. */
  private static final class RecordedServices implements Services {
    private final List<String> deeds = new CopyOnWriteArrayList<>();
    private final CompletableFuture<LocalParts> started = new CompletableFuture<>();
    private CompletableFuture<Integer> up;
    private Consumer<String> end;

    @Override
    public List<Part> parts(UpOptions options, LocalParts local, Progress progress, Consumer<String> ends) {
      end = ends;
      return List.of(new Part() {
        @Override
        public String name() {
          return "recorded";
        }

        @Override
        public void start() {
          assertThat(local.redis().isRunning() && local.broker().isRunning() && local.schemaRegistry().isRunning())
              .isTrue();
          deeds.add("start");
          started.complete(local);
        }

        @Override
        public void stop(Duration drainMax) {
          deeds.add("stop");
        }
      });
    }

    @Override
    public List<String> welcome(UpOptions options, LocalParts local) {
      return List.of("curl http://127.0.0.1:" + options.port() + "/connect/token");
    }
  }
}
