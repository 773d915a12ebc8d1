package dev.mintlog.runtime.lifecycle;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one service in one process: started in order, stopped in reverse.
 *
 * <p>Thread-safe. {@link #stop()} may be called from anywhere and more than once; every caller returns when all parts
 * were asked to stop, at the latest after the drain bound.
 */
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

  // Even when another part has used up the bound: most parts need no more to let go.
  private static final Duration PART_STOP_MIN = Duration.ofMillis(100);

  private final String name;
  private final List<Part> parts;
  private final Duration drainMax;
  private final Deque<Part> begun = new ArrayDeque<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private boolean stopping;

  /**
   * @param wiring makes the parts, first to start first; given a way for any of them to end the process with a reason
   * @param drainMax the bound on {@link #stop()}, all parts together (0.1 s for each that comes after it)
   */
  public ServiceProcess(String name, Function<Consumer<String>, List<Part>> wiring, Duration drainMax) {
    this.name = name;
    this.drainMax = drainMax;
    this.parts = List.copyOf(wiring.apply(this::end));
  }

  /**
   * Loads a service's settings and runs it, as {@link #run(String, Function, Duration, PrintStream)}.
   *
   * @param keys all that the service reads
   * @param yaml the file of settings, where there is one; {@code env} wins over it
   * @param wiring as for the constructor, given the settings
   * @return as there; 1 with one line on {@code err} where the settings are refused
   */
  public static int run(String name, ConfigKeys keys, Optional<Path> yaml, Map<String, String> env,
      BiFunction<Settings, Consumer<String>, List<Part>> wiring, Duration drainMax, PrintStream err)
      throws InterruptedException {
    Settings settings;
    try {
      settings = Settings.load(keys, yaml, env);
    } catch (ConfigException e) {
      err.println(name + ": " + e.getMessage());
      return 1;
    }
    return run(name, end -> wiring.apply(settings, end), drainMax, err);
  }

  /**
   * Makes, starts and runs a service until SIGTERM, Ctrl-C or one of its parts ends it; the body of a {@code main}.
   *
   * @return the exit code: 0 after a stop that was asked for, 1 when the service could not start or could not go on, the
   *     reason then being one line on {@code err}
   */
  public static int run(String name, Function<Consumer<String>, List<Part>> wiring, Duration drainMax, PrintStream err)
      throws InterruptedException {
    ServiceProcess process;
    try {
      process = new ServiceProcess(name, wiring, drainMax);
    } catch (StartException e) {
      err.println(name + ": " + e.getMessage());
      return 1;
    }
    Thread hook = new Thread(process::stop, name + "-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.start();
    } catch (StartException e) {
      err.println(name + ": " + e.getMessage());
      return 1;
    }
    String reason = process.awaitEnd();
    process.stop();
    if (!reason.isEmpty()) {
      err.println(name + ": " + reason);
      return 1;
    }
    return 0;
  }

  /**
   * Starts all parts in order. When one cannot start, it and those before it are stopped. A {@link #stop()} meanwhile ends
   * the start without an exception, whatever it does to the part that is starting.
   *
   * @throws StartException if a part cannot start for a reason its operator can remove
   */
  public void start() throws InterruptedException {
    long from = System.nanoTime();
    try {
      for (Part part : parts) {
        if (!begin(part)) {
          return;
        }
        part.start();
        LOG.debug("{}: {} started", name, part.name());
      }
    } catch (RuntimeException | InterruptedException e) {
      boolean failed = !stopping();
      stop();
      if (failed) {
        throw e;
      }
      return;
    }
    LOG.info("{} started in {} ms", name, Duration.ofNanos(System.nanoTime() - from).toMillis());
  }

  /** Ends the process for a reason that is not a wish: it stops, and {@link #run} returns 1. The first reason counts. */
  public void end(String reason) {
    ended.complete(reason.isEmpty() ? "ended without a reason" : reason);
  }

  /** Waits until {@link #end} or {@link #stop()}; the reason given, or the empty text for a stop. */
  public String awaitEnd() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops all parts in reverse, within the drain bound; a part that does not stop in time is left to the process's end. */
  public void stop() {
    boolean first;
    synchronized (begun) {
      first = !stopping;
      stopping = true;
    }
    if (!first) {
      stopped.join();
      return;
    }
    ended.complete("");
    long deadline = System.nanoTime() + drainMax.toNanos();
    for (Part part = next(); part != null; part = next()) {
      stop(part, Duration.ofNanos(Math.max(PART_STOP_MIN.toNanos(), deadline - System.nanoTime())));
    }
    stopped.complete(null);
    LOG.info("{} stopped", name);
  }

  private boolean stopping() {
    synchronized (begun) {
      return stopping;
    }
  }

  private boolean begin(Part part) {
    synchronized (begun) {
      if (!stopping) {
        begun.push(part);
      }
      return !stopping;
    }
  }

  private Part next() {
    synchronized (begun) {
      return begun.poll();
    }
  }

  // On a thread of its own: a part that hangs must not take the time of the others, nor the process with it.
  private void stop(Part part, Duration left) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread stopper = new Thread(() -> {
      try {
        part.stop(left);
        done.complete(null);
      } catch (RuntimeException | Error | InterruptedException e) {
        done.completeExceptionally(e);
      }
    }, "stop " + part.name());
    stopper.setDaemon(true);
    stopper.start();
    try {
      done.get(left.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("{}: {} did not stop within what was left of {}", name, part.name(), drainMax);
    } catch (ExecutionException e) {
      LOG.warn("{}: {} failed to stop", name, part.name(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
