package dev.mintlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuMeterTest {

  @TempDir
  private Path directory;

  @Test
  void shouldAddUserAndSystemTimeOfEveryProcessOfARole() throws Exception {
    write("self", "self", 0, 0, 1);
    write("7", "java) R (x", 250, 50, 900);
    write("8", "redis-server", 100, 0, 901);
    var meter = new CpuMeter(directory, List.of(process("services", 7, 900), process("services", 8, 901)));

    assertThat(meter.read().seconds()).containsExactly(Map.entry("services", 4.0));
    assertThat(meter.read().notes()).isEmpty();
  }

  @Test
  void shouldSayWhichProcessIsGoneOrHasBeenReplaced() throws Exception {
    write("self", "self", 0, 0, 1);
    write("7", "other", 250, 50, 12345);
    var meter = new CpuMeter(directory, List.of(process("broker", 7, 900), process("redis", 9, 900)));

    assertThat(meter.read().seconds()).isEmpty();
    assertThat(meter.read().notes()).containsExactly("CPU of broker not measured: process 7 is not running",
        "CPU of redis not measured: process 9 is not running");
  }

  @Test
  void shouldSaySoWhereThereIsNoProc() {
    var meter = new CpuMeter(directory.resolve("absent"), List.of(process("broker", 7, 900)));

    assertThat(meter.read().notes()).singleElement().asString().contains("this system has no").contains("absent");
  }

  @Test
  void shouldCostWhatWasUsedInBetween() {
    var before = new CpuMeter.Reading(Map.of("broker", 1.0, "gone", 5.0), List.of("a"));
    var after = new CpuMeter.Reading(Map.of("broker", 4.0, "new", 9.0), List.of("a", "b"));

    CpuCost cost = CpuCost.between(before, after, 6000);

    assertThat(cost.secondsPer1000Tokens()).containsExactly(Map.entry("broker", 0.5));
    assertThat(cost.notes()).containsExactly("a", "b");
    assertThat(CpuCost.between(before, after, 0).secondsPer1000Tokens()).isEmpty();
  }

  @Test
  void shouldReadTheProcessesThatARunningSystemListsTolerantly() throws Exception {
    Path file = Files.writeString(directory.resolve("processes.json"), "[{\"role\":\"broker\",\"pid\":7,"
        + "\"startedAtTicks\":900,\"more\":{}},{\"role\":\"redis\",\"pid\":8},{\"pid\":9},{\"role\":\"x\"},3]");

    assertThat(MeasuredProcess.listedIn(file)).containsExactly(process("broker", 7, 900),
        new MeasuredProcess("redis", 8, OptionalLong.empty()));
    assertThat(MeasuredProcess.listedIn(directory.resolve("absent"))).isEmpty();
    Files.writeString(file, "[{");
    assertThatThrownBy(() -> MeasuredProcess.listedIn(file)).isInstanceOf(BenchException.class);
  }

  private static MeasuredProcess process(String role, long pid, long startedAtTicks) {
    return new MeasuredProcess(role, pid, OptionalLong.of(startedAtTicks));
  }

  private void write(String pid, String name, long userTicks, long systemTicks, long startedAt) throws IOException {
    Path stat = Files.createDirectories(directory.resolve(pid)).resolve("stat");
    Files.writeString(stat, "7 (" + name + ") S 1 7 7 0 -1 4194304 1 2 3 4 " + userTicks + " " + systemTicks
        + " 0 0 20 0 30 0 " + startedAt + " 1000 200 18446744073709551615\n");
  }
}
