package dev.mintlog.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A process whose CPU time the tokens cost.
 *
 * @param role such as {@code broker}; processes of one role are added up
 * @param pid of this machine
 * @param startedAtTicks start time as in field 22 of {@code /proc/<pid>/stat}; tells a process from a later one that
 *     got its pid
 */
public record MeasuredProcess(String role, long pid, OptionalLong startedAtTicks) {

  /** This very process. */
  public static MeasuredProcess loadGenerator() {
    return new MeasuredProcess("load generator", ProcessHandle.current().pid(), OptionalLong.empty());
  }

  /**
   * Reads what a running system says of itself: {@code [{"role": …, "pid": …, "startedAtTicks": …}, …]}. Entries
   * without role or pid and members unknown are passed over.
   *
   * @return empty where the file is absent
   * @throws BenchException if there is a file but no JSON in it
   */
  public static List<MeasuredProcess> listedIn(Path file) {
    List<MeasuredProcess> processes = new ArrayList<>();
    if (Files.isReadable(file)) {
      for (JsonNode entry : readJson(file)) {
        if (entry.path("role").isTextual() && entry.path("pid").canConvertToLong()) {
          JsonNode started = entry.path("startedAtTicks");
          processes.add(new MeasuredProcess(entry.get("role").asText(), entry.get("pid").asLong(),
              started.canConvertToLong() ? OptionalLong.of(started.asLong()) : OptionalLong.empty()));
        }
      }
    }
    return processes;
  }

  private static JsonNode readJson(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException notJson) {
      throw new BenchException(file + " is not JSON: start the system anew, or name its processes with --pid ROLE=PID");
    }
  }
}
