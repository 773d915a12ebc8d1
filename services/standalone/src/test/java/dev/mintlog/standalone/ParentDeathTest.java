package dev.mintlog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parts end with their parent, also when nothing in the parent gets a chance to end them. */
@Timeout(120)
class ParentDeathTest {
  @TempDir
  Path dir;

  @Test
  void shouldLeaveNoProcessWhenTheParentIsKilled() throws Exception {
    // Given
    Process parent = parent();
    List<ProcessHandle> family;
    try (BufferedReader out = parent.inputReader()) {
      assertThat(out.readLine()).isEqualTo("started");
      family = parent.toHandle().descendants().toList();
      assertThat(family).as("guards and parts").hasSizeGreaterThanOrEqualTo(4);

      // When
      parent.destroyForcibly();

      // Then
      for (ProcessHandle member : family) {
        member.onExit().get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(family).noneMatch(ProcessHandle::isAlive);
  }

  private Process parent() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
        System.getProperty("java.class.path"), Parent.class.getName(), dir.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A process that starts a Redis and a broker and then waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      new LocalRedis(Path.of(args[0], "redis"), LoopbackPorts.free()).start();
      new LocalBroker(Path.of(args[0], "kafka"), LoopbackPorts.free()).start();
      System.out.println("started");
      Thread.currentThread().join();
    }
  }
}
