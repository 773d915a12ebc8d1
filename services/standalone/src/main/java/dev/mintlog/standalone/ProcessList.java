package dev.mintlog.standalone;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which processes this Mintlog consists of, for whoever measures them: a JSON list of role, pid and, where the system
 * tells it, start time in clock ticks.
 */
final class ProcessList {
  private static final int STARTED_AT_FIELD = 22;

  private final Map<String, Long> pidByRole = new LinkedHashMap<>();

  ProcessList with(String role, long pid) {
    pidByRole.put(role, pid);
    return this;
  }

  void write(Path file) throws IOException {
    JsonArray list = new JsonArray();
    pidByRole.forEach((role, pid) -> {
      JsonObject process = new JsonObject().put("role", role).put("pid", pid);
      startedAtTicks(pid).ifPresent(ticks -> process.put("startedAtTicks", ticks));
      list.add(process);
    });
    Files.createDirectories(file.getParent());
    Files.writeString(file, list.encodePrettily() + "\n", StandardCharsets.UTF_8);
  }

  private static OptionalLong startedAtTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the program's name in parentheses and may hold anything: count from behind it.
      String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return OptionalLong.of(Long.parseLong(fromThird[STARTED_AT_FIELD - 3]));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
