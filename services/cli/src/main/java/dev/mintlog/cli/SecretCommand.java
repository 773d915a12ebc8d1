package dev.mintlog.cli;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.Connections;
import dev.mintlog.registry.secret.GeneratedSecret;
import dev.mintlog.registry.secret.SealedSecret;
import dev.mintlog.registry.secret.SecretGenerator;
import dev.mintlog.runtime.lifecycle.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mintlog secret}: a client secret with what is to be registered of it. */
@Command(name = "secret", mixinStandardHelpOptions = true,
    description = {"Makes a client secret of 256 random bits and prints it with the hash that the registry is given. The "
        + "secret is not kept anywhere."},
    footer = {"", "Example: mintlog secret", "Example: mintlog secret --hash    (hashes a secret or password you type)",
        "Example: mintlog secret --seal default/app --config mintlog.yaml"})
final class SecretCommand implements Callable<Integer> {
  @Option(names = "--hash", interactive = true, arity = "0..1", paramLabel = "SECRET", prompt = "Secret to hash: ",
      description = "Hash this secret with Argon2id instead; typed at a prompt, so that it stands in no history.")
  private char[] chosen;

  @Option(names = "--seal", paramLabel = "TENANT/CLIENT",
      description = "Seal it under the channel secret for this client, for client_secret_jwt, instead of hashing it.")
  private String owner;

  @Option(names = "--typed", interactive = true, arity = "0..1", paramLabel = "SECRET", prompt = "Secret to seal: ",
      description = "With --seal: seal this secret, or seal anew what was sealed under an accepted channel secret; typed "
          + "at a prompt.")
  private char[] typed;

  @Mixin
  private OperatorSettings operator;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SecretGenerator generator = new SecretGenerator(new SecureRandom());
    if (owner != null) {
      SecretRing channel = Connections.channelSecrets(operator.load(OperatorSettings.CHANNEL));
      out.println(typed != null ? sealed(channel, new String(typed)) : made(channel, generator.generate()));
    } else if (chosen != null) {
      out.println("hash:   " + generator.hashOf(new String(chosen)).text());
    } else {
      GeneratedSecret made = generator.generate();
      out.println("secret: " + made.secret());
      out.println("hash:   " + made.hash().text());
    }
    return ExitCodes.DONE;
  }

  private String made(SecretRing channel, GeneratedSecret made) {
    return "secret: " + made.secret() + System.lineSeparator() + sealed(channel, made.secret());
  }

  private String sealed(SecretRing channel, String secretOrSealed) {
    int slash = owner.indexOf('/');
    if (slash <= 0 || slash == owner.length() - 1) {
      throw new StartException("--seal is " + owner + "; name tenant and client, as in default/app");
    }
    String tenant = owner.substring(0, slash);
    String client = owner.substring(slash + 1);
    try {
      String secret = secretOrSealed.startsWith(SealedSecret.PREFIX)
          ? opened(channel, tenant, client, secretOrSealed) : secretOrSealed;
      return "sealed: " + SealedSecret.seal(new Sealer(channel, Direction.CLIENT_SECRET), tenant, client, secret).text();
    } catch (IllegalArgumentException e) {
      throw new StartException("--typed: " + e.getMessage(), e);
    }
  }

  private static String opened(SecretRing channel, String tenant, String client, String sealed) {
    return new SealedSecret(sealed).open(new Opener(channel, Direction.CLIENT_SECRET), tenant, client)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalArgumentException("expected what was sealed for this client under a channel secret "
            + "that is accepted, found another"));
  }
}
