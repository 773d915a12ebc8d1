package dev.mintlog.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceProcessTest {
  private final List<String> deeds = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldStartInOrderAndStopInReverse() throws InterruptedException {
    ServiceProcess process = process(List.of(new Recorded("a"), new Recorded("b"), new Recorded("c")));

    process.start();
    process.stop();

    assertThat(deeds).containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    assertThat(process.awaitEnd()).isEmpty();
  }

  @Test
  void shouldStopOnce() throws InterruptedException {
    ServiceProcess process = process(List.of(new Recorded("a")));
    process.start();

    process.stop();
    process.stop();

    assertThat(deeds).containsExactly("start a", "stop a");
  }

  @Test
  void shouldStopWhatWasBegunWhenAPartCannotStart() {
    ServiceProcess process = process(List.of(new Recorded("a"), new Recorded("b") {
      @Override
      public void start() {
        throw new StartException("b is taken");
      }
    }, new Recorded("c")));

    assertThatThrownBy(process::start).isInstanceOf(StartException.class).hasMessage("b is taken");
    assertThat(deeds).containsExactly("start a", "stop b", "stop a");
  }

  @Test
  void shouldNotWaitForAPartThatHangsNorKeepTheOthersFromStopping() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    ServiceProcess process = new ServiceProcess("test", end -> List.of(new Recorded("a"), new Recorded("b") {
      @Override
      public void stop(Duration drainMax) throws InterruptedException {
        never.await();
      }
    }), Duration.ofMillis(200));
    process.start();

    long from = System.nanoTime();
    process.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(Duration.ofMillis(190), Duration.ofSeconds(10));
    assertThat(deeds).contains("stop a");
    never.countDown();
  }

  @Test
  void shouldNotCallItAFailureWhenItWasStoppedWhileStarting() throws InterruptedException {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    ServiceProcess process = process(List.of(new Recorded("a") {
      @Override
      public void start() {
        starting.countDown();
        await(stopped);
        throw new StartException("was stopped");
      }

      @Override
      public void stop(Duration drainMax) throws InterruptedException {
        super.stop(drainMax);
        stopped.countDown();
      }
    }, new Recorded("b")));
    new Thread(() -> {
      await(starting);
      process.stop();
    }).start();

    process.start();

    assertThat(process.awaitEnd()).isEmpty();
    assertThat(deeds).containsExactly("stop a");
  }

  @Test
  void shouldPrintOneLineAndReturnOneWhenTheStartFails() throws InterruptedException {
    int exit = ServiceProcess.run("edge", end -> {
      throw new StartException("http.port is 'x',\n  but expected a number");
    }, Duration.ofSeconds(1), new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("edge: http.port is 'x', but expected a number\n");
  }

  @Test
  void shouldStopAndSayWhyWhenAPartEndsTheProcess() throws InterruptedException {
    int exit = ServiceProcess.run("edge", end -> List.of(new Recorded("a"), new Recorded("b") {
      @Override
      public void start() {
        end.accept("lost the log for good");
      }
    }), Duration.ofSeconds(5), new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("edge: lost the log for good\n");
    assertThat(deeds).containsExactly("start a", "stop b", "stop a");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServiceProcess process(List<Part> parts) {
    return new ServiceProcess("test", end -> parts, Duration.ofSeconds(5));
  }

  private class Recorded implements Part {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      deeds.add("start " + name);
    }

    @Override
    public void stop(Duration drainMax) throws InterruptedException {
      deeds.add("stop " + name);
    }
  }
}
