package dev.mintlog.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a Java child process: the Java that runs this process, with what both have in common. */
record ChildJvm(String heapMax, List<String> options) {
  List<String> command(List<String> mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMax, "-XX:+UseSerialGC", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    if (Runtime.version().feature() >= 24) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(options);
    command.addAll(mainAndArguments);
    return command;
  }
}
