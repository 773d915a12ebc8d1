package dev.mintlog.edge.http.inspection;

import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.http.CommandReplies;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.schema.SpendProofs;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The step that spends what a question proved itself with. The question itself is answered from the state; but a proof
 * that is good for one request is claimed where all edges' are, and that is in a command.
 */
public final class ProofSpending {
  private final TokenCommandSender sender;
  private final ClientRateLimits limits;

  /** @param limits count what costs a command */
  public ProofSpending(TokenCommandSender sender, ClientRateLimits limits) {
    this.sender = sender;
    this.limits = limits;
  }

  /**
   * Goes on when the request's proofs are spent; at once where it has none.
   *
   * @param client that asks
   * @param refused called where one was spent before, or nobody can say
   */
  void spend(Exchange exchange, RegisteredClient client, long revision, Consumer<Refusal> refused, Runnable then) {
    if (!exchange.hasProofs()) {
      then.run();
      return;
    }
    limits.count(exchange.tenant(), client, exchange.address()).ifPresentOrElse(refused,
        () -> sender.send(exchange.origin(client.id(), revision), Optional.empty(), SpendProofs::new, exchange.loop(),
            CommandReplies.listener(exchange, Reply.Done.class, done -> then.run(), refused)));
  }
}
