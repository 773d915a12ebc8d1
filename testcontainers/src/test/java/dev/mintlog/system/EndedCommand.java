package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A command of the command line that has run to its end, in a process of its own.
 *
 * @param complaints what it wrote to stderr, without the log of what went well
 */
record EndedCommand(List<String> arguments, int exitCode, List<String> complaints, String output) {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final Pattern LOG_OF_PROGRESS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO .*");

  /** Runs it, with these variables and none of this process's settings. */
  static EndedCommand run(Map<String, String> environment, String... arguments) {
    try {
      Path errors = Files.createTempFile("mintlog-stderr", ".txt");
      Path output = Files.createTempFile("mintlog-stdout", ".txt");
      try {
        Process process = start(environment, errors, output, arguments);
        if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError("expected " + List.of(arguments) + " to end within " + END_MAX + "; it wrote:\n"
              + Files.readString(errors));
        }
        return new EndedCommand(List.of(arguments), process.exitValue(), complaints(errors), Files.readString(output));
      } finally {
        Files.delete(errors);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Process start(Map<String, String> environment, Path errors, Path output, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= 24) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(errors.toFile()).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MINTLOG_") || name.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> complaints(Path errors) throws IOException {
    return Files.readAllLines(errors).stream().filter(line -> !LOG_OF_PROGRESS.matcher(line).matches()).toList();
  }

  /** It failed, and said why in one line that is for people and names all of this. */
  EndedCommand failedWithOneLineNaming(String... texts) {
    assertThat(exitCode).as(toString()).isEqualTo(1);
    assertThat(complaints).as(toString()).hasSize(1);
    assertThat(complaints.get(0)).contains(texts)
        .as("no exception, no stack trace")
        .doesNotContainPattern("Exception|\\tat |\\.java:\\d|io\\.|org\\.apache|java\\.");
    return this;
  }

  EndedCommand withoutShowing(String secret) {
    assertThat(complaints).as(toString()).noneMatch(line -> line.contains(secret));
    assertThat(output).doesNotContain(secret);
    return this;
  }
}
