package dev.mintlog.processor;

import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.command.TokenCommandConsumer;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.processor.life.StepRunner;
import dev.mintlog.processor.redis.PartitionRestores;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells the lives of commands, and the restores of partitions, what the poll loop has met. */
record Intermediary(StepRunner runner, PartitionRestores restores, StepObserver observer, Consumer<String> end)
    implements TokenCommandConsumer.Listener {
  @Override
  public void arrived(List<CommandInFlight> commands) {
    runner.arrived(commands);
  }

  @Override
  public int inFlight() {
    return runner.inFlight();
  }

  @Override
  public Set<Integer> stuck() {
    return restores.unrestored();
  }

  @Override
  public void assigned(Collection<Integer> partitions) {
    partitions.forEach(restores::complete);
  }

  @Override
  public void givingAway(Collection<Integer> partitions) {
    partitions.forEach(restores::forget);
    runner.lookAgain();
  }

  @Override
  public void givenAway(Collection<Integer> partitions) {
    partitions.forEach(restores::forget);
  }

  @Override
  public void committingOffsets() {
    observer.committingOffsets();
  }

  @Override
  public void failed(String why) {
    end.accept(why);
  }
}
