package dev.mintlog.edge.http.login;

import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.RevokeBeforeCommand;
import dev.mintlog.edge.http.BodyReader;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.login.LoginRequests.BroadRevocation;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code POST /login/revocations}: a lost device, a changed password, a client that must begin anew. All that the subject,
 * the client, or the subject at the client was given before ends. It answers when the record is there and this edge goes
 * by it; from then on so does every processor that a request of this edge comes to.
 */
public final class BroadRevocationEndpoint implements Endpoint {
  /** How long this edge waits to see in the registry what was registered; the same request again does no harm. */
  static final Duration SEEN_WITHIN_MAX = Duration.ofSeconds(3);

  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final LoginExchange login;
  private final TokenCommandSender sender;
  private final Supplier<RegistrySnapshot> registry;

  public BroadRevocationEndpoint(LoginExchange login, TokenCommandSender sender, Supplier<RegistrySnapshot> registry) {
    this.login = login;
    this.sender = sender;
    this.registry = registry;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, (application, snapshot) -> BodyReader.read(exchange, body -> body
        .then(LoginRequests::revocation)
        .then(revocation -> ofRegisteredClient(snapshot, exchange.tenant(), revocation))
        .either(
            revocation -> send(exchange, application, snapshot.revision(), revocation),
            refusal -> Responses.refusal(exchange, refusal))));
  }

  private static Checked<BroadRevocation> ofRegisteredClient(RegistrySnapshot registry, String tenant,
      BroadRevocation revocation) {
    Optional<String> client = revocation.client();
    return client.isEmpty() || registry.client(tenant, client.get()).isPresent()
        ? Checked.accepted(revocation)
        : Checked.refused(Refusal.invalidRequest("expected the client_id of a registered client, but found another"));
  }

  private void send(Exchange exchange, RegisteredClient application, long revision, BroadRevocation revocation) {
    sender.send(exchange.origin(application.id(), revision), Optional.empty(),
        RevokeBeforeCommand.of(revocation.subject(), revocation.client()), exchange.loop(),
        login.listener(exchange, Reply.Done.class,
            done -> answerWhenSeen(exchange, revocation, System.nanoTime() + SEEN_WITHIN_MAX.toNanos())));
  }

  private void answerWhenSeen(Exchange exchange, BroadRevocation revocation, long deadlineNanos) {
    if (isSeen(exchange, revocation)) {
      Responses.json(exchange, 200, "{}");
    } else if (System.nanoTime() > deadlineNanos) {
      Responses.refusal(exchange, Refusal.tryAgain("expected to see the revocation in the registry within "
          + SEEN_WITHIN_MAX.toSeconds() + " s, but did not; it is recorded, and the same request does no harm"));
    } else if (!exchange.isOver()) {
      CompletableFuture.delayedExecutor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS, exchange.loop())
          .execute(() -> exchange.step(() -> answerWhenSeen(exchange, revocation, deadlineNanos)));
    }
  }

  // A subject alone is revoked at every client, a client alone for every subject; no subject and no client is blank.
  private boolean isSeen(Exchange exchange, BroadRevocation revocation) {
    return registry.get().revocations(exchange.tenant())
        .revokedBefore(revocation.subject().orElse(""), revocation.client().orElse(""))
        .filter(before -> !before.isBefore(exchange.arrivedAt()))
        .isPresent();
  }
}
