package dev.mintlog.cli;

import dev.mintlog.edge.OperatorRevocation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mintlog revoke}: ends all that a user, a client, or a user at a client was given so far. */
@Command(name = "revoke", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Ends every authorization of a subject, of a client, or of a subject at a client, that was born before"
        + " now. Their refresh tokens are refused and their access tokens inactive at introspection; who reads"
        + " token-events hears of it. New sign-ins are not affected."},
    footer = {"", "Example: mintlog revoke --subject 248289761001 --config mintlog.yaml",
        "Example: mintlog revoke --client demo-web --config mintlog.yaml"})
final class RevokeCommand implements Callable<Integer> {
  @Option(names = "--subject", paramLabel = "S", description = "Whose authorizations end: the sub of their tokens.")
  private String subject;

  @Option(names = "--client", paramLabel = "C", description = "At which client they end.")
  private String client;

  @Option(names = "--tenant", paramLabel = "T", defaultValue = "default",
      description = "In which tenant (default: ${DEFAULT-VALUE}).")
  private String tenant;

  @Mixin
  private OperatorSettings operator;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (isBlank(subject) && isBlank(client)) {
      throw new ParameterException(spec.commandLine(), "expected --subject, --client or both");
    }
    Optional<String> ofSubject = Optional.ofNullable(subject).filter(text -> !text.isBlank());
    Optional<String> ofClient = Optional.ofNullable(client).filter(text -> !text.isBlank());
    Instant before = new OperatorRevocation(operator.load(OperatorSettings.LOG_CHANNEL_AND_REGISTRY))
        .revoke(tenant, ofSubject, ofClient);
    spec.commandLine().getOut().println("revoked what was given before " + before
        + ofSubject.map(text -> " to subject " + text).orElse("") + ofClient.map(text -> " at client " + text).orElse(""));
    return ExitCodes.DONE;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
