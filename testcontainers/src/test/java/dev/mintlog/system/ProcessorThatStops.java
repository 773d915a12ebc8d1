package dev.mintlog.system;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.life.Step;
import dev.mintlog.processor.GrantProcessor;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A processor as a process of its own that freezes before a chosen step and says so; whoever started it then kills it.
 * Arguments: a settings file and the name of a step, or {@code offsets}.
 */
final class ProcessorThatStops {
  static final String SERVES = "SERVES";
  static final String FROZEN = "FROZEN";
  static final String OFFSETS = "offsets";

  private ProcessorThatStops() {}

  public static void main(String[] arguments) throws InterruptedException {
    String stop = arguments[1];
    GrantProcessor.start(Settings.load(ProcessorKeys.ALL, Optional.of(Path.of(arguments[0])), Map.of()), observer(stop));
    say(SERVES);
    new CountDownLatch(1).await();
  }

  private static StepObserver observer(String stop) {
    return new StepObserver() {
      private volatile boolean worked;

      @Override
      public void performing(CommandId command, Step step) {
        worked = true;
        if (step.getClass().getSimpleName().equals(stop)) {
          freeze();
        }
      }

      @Override
      public void committingOffsets() {
        if (worked && stop.equals(OFFSETS)) {
          freeze();
        }
      }
    };
  }

  private static void freeze() {
    say(FROZEN);
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // Frozen is frozen.
      }
    }
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }
}
