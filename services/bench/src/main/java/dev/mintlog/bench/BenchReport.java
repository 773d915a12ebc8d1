package dev.mintlog.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.mintlog.bench.load.BenchResult;
import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results for people, as lines of a table while they come, and for programs, as JSON. */
final class BenchReport {

  private static final int NAME_WIDTH_MIN = 10;

  private final PrintWriter out;
  private final int nameWidth;

  /** @param names of all plans that will be reported */
  BenchReport(PrintWriter out, List<String> names) {
    this.out = out;
    this.nameWidth = Math.max(NAME_WIDTH_MIN, names.stream().mapToInt(String::length).max().orElse(0));
  }

  void header(String grant) {
    out.println(grant);
    out.printf("%-" + nameWidth + "s %5s %9s %10s %9s %9s %9s %9s %7s%n",
        "", "conns", "tokens", "tokens/s", "p50 ms", "p90 ms", "p99 ms", "max ms", "errors");
    out.flush();
  }

  void row(BenchResult result) {
    out.printf(Locale.ROOT, "%-" + nameWidth + "s %5d %9d %10.1f %9.2f %9.2f %9.2f %9.2f %7d%n",
        result.name(), result.concurrency(), result.tokens(), result.tokensPerSecond(), result.p50Millis(),
        result.p90Millis(), result.p99Millis(), result.maxMillis(), result.failures());
    result.prepared().forEach((step, prepared) -> out.printf(Locale.ROOT,
        "  before the tokens: %d x %s, p50 %.2f ms, p99 %.2f ms%n",
        prepared.count(), step, prepared.p50Millis(), prepared.p99Millis()));
    Map<String, Double> cpu = result.cpu().secondsPer1000Tokens();
    if (!cpu.isEmpty()) {
      out.print("  CPU-seconds per 1000 tokens:");
      cpu.forEach((role, seconds) -> out.printf(Locale.ROOT, "  %s %.4f", role, seconds));
      out.println();
    }
    result.cpu().notes().forEach(note -> out.println("  " + note));
    if (!result.errors().isEmpty()) {
      out.println("  errors: " + result.errors()
          + (result.firstRefusal() == null ? "" : ", first: " + result.firstRefusal()));
    }
    if (result.reopened() > 0) {
      out.println("  connections opened anew: " + result.reopened());
    }
    out.flush();
  }

  void ratios(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  static void writeJson(Path file, List<BenchResult> results) {
    try {
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), results);
    } catch (IOException failed) {
      throw new BenchException("--json " + file + ": cannot be written: " + failed.getMessage());
    }
  }
}
