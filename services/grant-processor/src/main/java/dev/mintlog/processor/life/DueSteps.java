package dev.mintlog.processor.life;

import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that are due at one moment, sorted by who takes part in them. Confined to one thread. */
final class DueSteps {
  final List<CommandInFlight> onStore = new ArrayList<>();
  final List<CommandInFlight> toPublish = new ArrayList<>();
  final List<CommandInFlight> toReply = new ArrayList<>();
  final List<CommandInFlight> toRegister = new ArrayList<>(0);
  final List<CommandInFlight> finished = new ArrayList<>();
  /** By partition, as are the following. */
  final Map<Integer, List<CommandInFlight>> toComplete = new HashMap<>(2);
  final Map<Integer, List<CommandInFlight>> toRestore = new HashMap<>(2);
  final Map<Integer, List<CommandInFlight>> toWriteBack = new HashMap<>(2);

  void add(CommandInFlight command) {
    Step step = command.step();
    if (step instanceof Step.Publish) {
      toPublish.add(command);
    } else if (step instanceof Step.Reply) {
      toReply.add(command);
    } else if (step instanceof Step.Register) {
      toRegister.add(command);
    } else if (step instanceof Step.Finish) {
      finished.add(command);
    } else if (step instanceof Step.Restore) {
      // Where no primary was named, none was complete; otherwise one was, and has lost something nevertheless.
      add(command.primary() == null ? toComplete : toRestore, command);
    } else if (step instanceof Step.WriteBack) {
      add(toWriteBack, command);
    } else {
      onStore.add(command);
    }
  }

  private static void add(Map<Integer, List<CommandInFlight>> byPartition, CommandInFlight command) {
    byPartition.computeIfAbsent(command.partition().number(), number -> new ArrayList<>()).add(command);
  }
}
