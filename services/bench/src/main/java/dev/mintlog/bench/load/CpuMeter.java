package dev.mintlog.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the CPU time that processes have used, user and system, from Linux's {@code /proc}. */
public final class CpuMeter {

  /** USER_HZ: what proc(5) counts in, 100 on every architecture a JVM of today runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private final Path proc;
  private final List<MeasuredProcess> processes;

  /** A meter for this machine's processes. */
  public CpuMeter(List<MeasuredProcess> processes) {
    this(Path.of("/proc"), processes);
  }

  CpuMeter(Path proc, List<MeasuredProcess> processes) {
    this.proc = proc;
    this.processes = List.copyOf(processes);
  }

  /**
   * CPU time so far.
   *
   * @param seconds by role
   * @param notes one line for each process that could not be read
   */
  record Reading(Map<String, Double> seconds, List<String> notes) {
  }

  Reading read() {
    Map<String, Double> seconds = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    if (!Files.isReadable(proc.resolve("self/stat"))) {
      return new Reading(seconds, List.of("CPU not measured: this system has no " + proc + " (Linux has)"));
    }
    for (MeasuredProcess process : processes) {
      try {
        seconds.merge(process.role(), secondsOf(process), Double::sum);
      } catch (IOException | RuntimeException gone) {
        notes.add("CPU of " + process.role() + " not measured: process " + process.pid() + " is not running");
      }
    }
    return new Reading(seconds, notes);
  }

  private double secondsOf(MeasuredProcess process) throws IOException {
    String stat = Files.readString(proc.resolve(process.pid() + "/stat"));
    // proc(5): field 2, the name, stands in parentheses and may itself hold spaces and parentheses.
    String[] fromField3 = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    long startedAtTicks = Long.parseLong(fromField3[22 - 3]);
    if (process.startedAtTicks().orElse(startedAtTicks) != startedAtTicks) {
      throw new IOException("another process has its pid");
    }
    return (Long.parseLong(fromField3[14 - 3]) + Long.parseLong(fromField3[15 - 3])) / TICKS_PER_SECOND;
  }
}
