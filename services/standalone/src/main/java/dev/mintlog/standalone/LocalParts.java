package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Redis, broker and schema registry together: started and stopped at the same time, each watched while it runs. */
public final class LocalParts implements Part {
  private static final Duration SAY_EVERY = Duration.ofSeconds(5);

  private final LocalRedis redis;
  private final LocalBroker broker;
  private final LocalSchemaRegistry schemaRegistry;
  private final Progress progress;
  private final Consumer<String> end;
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "local-parts");
    thread.setDaemon(true);
    return thread;
  });
  private volatile boolean stopping;

  /** @param end told when a part ends that nobody stopped, with one line that says which and where its log is */
  public LocalParts(StateDirectory state, Progress progress, Consumer<String> end) {
    this.redis = new LocalRedis(state.resolve("redis"), state.port("redis"));
    this.broker = new LocalBroker(state.resolve("kafka"), state.port("kafka"));
    this.schemaRegistry = new LocalSchemaRegistry(state.resolve("schema-registry"), state.port("schema-registry"));
    this.progress = progress;
    this.end = end;
  }

  public LocalRedis redis() {
    return redis;
  }

  public LocalBroker broker() {
    return broker;
  }

  public LocalSchemaRegistry schemaRegistry() {
    return schemaRegistry;
  }

  @Override
  public String name() {
    return "local parts";
  }

  @Override
  public void start() throws InterruptedException {
    // The slowest first: there may be fewer cores than parts.
    List<LocalPart> parts = List.of(broker, schemaRegistry, redis);
    long from = System.nanoTime();
    List<Future<?>> starts = parts.stream().<Future<?>>map(part -> threads.submit(() -> start(part, from))).toList();
    for (int i = 0; i < starts.size(); i++) {
      await(parts.get(i), starts.get(i), from);
    }
  }

  @Override
  public void stop(Duration drainMax) throws InterruptedException {
    stopping = true;
    // Starts that are under way end their own processes when they are interrupted.
    threads.shutdownNow();
    threads.awaitTermination(drainMax.toMillis(), TimeUnit.MILLISECONDS);
    List<Thread> stops = List.of(stopper(broker), stopper(schemaRegistry), stopper(redis));
    for (Thread stop : stops) {
      stop.join(Math.max(1, drainMax.toMillis()));
    }
  }

  private Void start(LocalPart part, long from) throws InterruptedException {
    part.start();
    progress.done(part.name(), "127.0.0.1:" + part.port(), since(from));
    part.onExit().thenAccept(code -> {
      if (!stopping) {
        end.accept(part.name() + " ended with exit code " + code + "; see " + part.log());
      }
    });
    return null;
  }

  private void await(LocalPart part, Future<?> start, long from) throws InterruptedException {
    while (true) {
      try {
        start.get(SAY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        progress.waiting(part.name(), since(from), part.startMax());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StartException refused) {
          throw refused;
        }
        throw new StartException("Expected to start " + part.name() + ", but found: " + e.getCause(), e.getCause());
      }
    }
  }

  private static Thread stopper(LocalPart part) {
    Thread thread = new Thread(part::close, "stop " + part.name());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Duration since(long from) {
    return Duration.ofNanos(System.nanoTime() - from);
  }
}
