package dev.mintlog.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands as a person types them. */
final class Shell {
  private static final int PATIENCE_SECONDS = 120;

  private Shell() {}

  /** What a command left. */
  record Outcome(int exit, String out, String err) {}

  static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
  }

  /** Runs it with {@code bash} in the repository's root. */
  static Outcome run(String command, Map<String, String> environment) {
    return run(Checkout.resolve("."), environment, "bash", "-c", command);
  }

  static Outcome run(Path dir, Map<String, String> environment, String... words) {
    try {
      Path out = Files.createTempFile("mintlog-out", "");
      Path err = Files.createTempFile("mintlog-err", "");
      try {
        ProcessBuilder builder = new ProcessBuilder(words).directory(dir.toFile())
            .redirectInput(new java.io.File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("expected to end within " + PATIENCE_SECONDS + " s: " + String.join(" ", words) + "\n"
              + Files.readString(out) + Files.readString(err));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new AssertionError("expected to run " + String.join(" ", words), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
