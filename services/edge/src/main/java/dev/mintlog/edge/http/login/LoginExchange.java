package dev.mintlog.edge.http.login;

import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.http.BearerChallenge;
import dev.mintlog.edge.http.CommandReplies;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.proof.token.LoginAccess;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.ReplyListener;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The steps that the login application's endpoints share: let it in, or refuse and audit; say what became of a
 * command.
 */
public final class LoginExchange {
  private final Supplier<RegistrySnapshot> registry;
  private final LoginAccess access;
  private final DenialAudit denials;

  public LoginExchange(Supplier<RegistrySnapshot> registry, LoginAccess access, DenialAudit denials) {
    this.registry = registry;
    this.access = access;
    this.denials = denials;
  }

  /** @param then called with the registry of now, where the caller may go on */
  void authorize(Exchange exchange, Consumer<RegistrySnapshot> then) {
    authorize(exchange, (loginApplication, snapshot) -> then.accept(snapshot));
  }

  /** @param then called with the client that the caller is, and the registry of now, where the caller may go on */
  void authorize(Exchange exchange, BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    RegistrySnapshot snapshot = registry.get();
    access.check(snapshot, exchange.tenant(), exchange.authorization(), exchange.arrivedAt()).either(
        loginApplication -> then.accept(loginApplication, snapshot),
        refusal -> {
          denials.refused(exchange.tenant(), Optional.empty(), Optional.empty(), refusal, snapshot.revision());
          BearerChallenge.refuse(exchange, refusal, exchange.authorization().isPresent(), Optional.empty());
        });
  }

  /** As {@link CommandReplies#listener}. */
  <R extends Reply> ReplyListener listener(Exchange exchange, Class<R> expected, Consumer<R> good) {
    return CommandReplies.listener(exchange, expected, good);
  }
}
