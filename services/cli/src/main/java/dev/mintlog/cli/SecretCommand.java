package dev.mintlog.cli;

import dev.mintlog.registry.secret.GeneratedSecret;
import dev.mintlog.registry.secret.SecretGenerator;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mintlog secret}: a client secret with the hash to register. */
@Command(name = "secret", mixinStandardHelpOptions = true,
    description = {"Makes a client secret of 256 random bits and prints it with the hash that the registry is given. The "
        + "secret is not kept anywhere."},
    footer = {"", "Example: mintlog secret", "Example: mintlog secret --hash    (hashes a secret or password you type)"})
final class SecretCommand implements Callable<Integer> {
  @Option(names = "--hash", interactive = true, arity = "0..1", paramLabel = "SECRET", prompt = "Secret to hash: ",
      description = "Hash this secret with Argon2id instead; typed at a prompt, so that it stands in no history.")
  private char[] chosen;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SecretGenerator generator = new SecretGenerator(new SecureRandom());
    if (chosen != null) {
      out.println("hash:   " + generator.hashOf(new String(chosen)).text());
      return ExitCodes.DONE;
    }
    GeneratedSecret made = generator.generate();
    out.println("secret: " + made.secret());
    out.println("hash:   " + made.hash().text());
    return ExitCodes.DONE;
  }
}
