package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.ServiceProcess;
import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything on this machine, in one command, until Ctrl-C. */
public final class Up {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(30);
  private static final Duration OTHER_START_MAX = Duration.ofSeconds(60);

  private final UpOptions options;
  private final Services services;
  private final PrintStream out;
  private final PrintStream err;

  public Up(UpOptions options, Services services, PrintStream out, PrintStream err) {
    this.options = options;
    this.services = services;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts everything and returns when it was stopped; at once when it runs already in the same directory.
   *
   * @return the exit code of {@link ServiceProcess#run}
   */
  public int run() throws InterruptedException {
    Optional<FileLock> lock = options.state().lock();
    if (lock.isEmpty()) {
      return sayWhatRuns();
    }
    try {
      options.state().withdraw();
      return ServiceProcess.run("mintlog up", this::parts, DRAIN_MAX, err);
    } finally {
      release(lock.get());
    }
  }

  private List<Part> parts(Consumer<String> end) {
    LoopbackPorts.requireFree(options.port(), "choose another with --port");
    Progress progress = new Progress(out);
    LocalParts local = new LocalParts(options.state(), progress, end);
    List<Part> parts = new ArrayList<>();
    parts.add(local);
    parts.addAll(services.parts(options, local, progress, end));
    parts.add(new Announcement(local, progress));
    progress.print("Mintlog starts, with its state in " + options.state());
    return parts;
  }

  private int sayWhatRuns() throws InterruptedException {
    long deadline = System.nanoTime() + OTHER_START_MAX.toNanos();
    Optional<String> announced = options.state().announced();
    if (announced.isEmpty()) {
      out.println("Mintlog is being started by another process; waiting for it, at most "
          + OTHER_START_MAX.toSeconds() + " s");
    }
    while (announced.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new StartException("Another process has had " + options.state() + " for "
            + OTHER_START_MAX.toSeconds() + " s without starting; end it, or choose another directory with --dir");
      }
      Thread.sleep(100);
      announced = options.state().announced();
    }
    out.println("Mintlog runs already.");
    out.print(announced.get());
    out.flush();
    return 0;
  }

  private static void release(FileLock lock) {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last part to start and the first to stop: says that everything serves, here and to whoever asks later. */
  private final class Announcement implements Part {
    private final LocalParts local;
    private final Progress progress;
    private final long from = System.nanoTime();

    Announcement(LocalParts local, Progress progress) {
      this.local = local;
      this.progress = progress;
    }

    @Override
    public String name() {
      return "announcement";
    }

    @Override
    public void start() {
      listProcesses();
      progress.done("ready", "", Duration.ofNanos(System.nanoTime() - from));
      String text = String.join("\n", services.welcome(options, local)) + "\n";
      options.state().announce("Process " + ProcessHandle.current().pid() + ", state in " + options.state() + "\n" + text);
      progress.print(text);
      progress.print("Ctrl-C stops everything.");
    }

    private void listProcesses() {
      try {
        new ProcessList().with("edge+processor", ProcessHandle.current().pid()).with("broker", local.broker().pid())
            .with("redis", local.redis().pid()).with("schema registry", local.schemaRegistry().pid())
            .write(options.state().resolve("run/processes.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop(Duration drainMax) {
      options.state().withdraw();
      progress.print("Mintlog stops");
    }
  }
}
