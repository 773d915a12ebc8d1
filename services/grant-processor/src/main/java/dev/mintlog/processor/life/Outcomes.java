package dev.mintlog.processor.life;

import dev.mintlog.processor.command.CommandInFlight;
import java.util.List;

/** Port: what leaves through the log. */
public interface Outcomes {

  /** Told once per command, on whatever thread, how it went. */
  interface Settled {
    /** The log has acknowledged all of it. */
    void acknowledged(CommandInFlight command);

    /** @param why {@link InfrastructureException} where it is to be tried again; anything else is a fault */
    void failed(CommandInFlight command, RuntimeException why);
  }

  /** Performs {@link dev.mintlog.life.Step.Publish} for each of the commands: signs together, sends together. */
  void publish(List<CommandInFlight> commands, Settled settled);

  /** Performs {@link dev.mintlog.life.Step.Reply}. */
  void reply(CommandInFlight command, Settled settled);
}
