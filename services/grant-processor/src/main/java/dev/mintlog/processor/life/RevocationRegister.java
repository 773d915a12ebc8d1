package dev.mintlog.processor.life;

import dev.mintlog.command.Command.RevokeBefore;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port: where revocations of whole subjects and clients are written down, for every service to read. */
@FunctionalInterface
public interface RevocationRegister {

  /**
   * Performs {@link dev.mintlog.life.Step.Register} for all of them.
   *
   * @return completes when the log has them; with {@link InfrastructureException} where they are to be tried again
   */
  CompletionStage<Void> register(List<RevokeBefore> revocations);
}
