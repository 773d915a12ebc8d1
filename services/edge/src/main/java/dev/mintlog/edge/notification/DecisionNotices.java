package dev.mintlog.edge.notification;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Tells clients in ping mode that a user has decided, OpenID CIBA Core §10.2. Thread-safe. */
public final class DecisionNotices implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private final Pings pings;

  public DecisionNotices(Vertx vertx, NotificationConfig config) {
    this.pings = new Pings(vertx, config, FIRST_DELAY);
  }

  /**
   * Notifies the client, where it is to be notified; soon, and never blocks. To be called after the decision is recorded.
   *
   * @param authorization as it was before the decision, or after it
   */
  public void decided(RegistrySnapshot registry, Authorization authorization) {
    String tenant = authorization.id().tenant();
    request(authorization).flatMap(request -> request.backchannel().flatMap(BackchannelRequest::notification)
        .flatMap(notification -> registry.client(tenant, request.clientId())
            .flatMap(client -> client.client().ciba().notificationEndpoint())
            .map(endpoint -> new Ping(tenant + "/" + request.clientId(), URI.create(endpoint), notification.token(),
                notification.authReqId()))))
        .ifPresent(pings::offer);
  }

  private static Optional<PolledRequest> request(Authorization authorization) {
    return authorization.state().match(
        code -> Optional.empty(),
        pending -> Optional.of(pending.request()),
        approved -> Optional.of(approved.request()),
        refused -> Optional.of(refused.request()),
        active -> Optional.empty(),
        revoked -> Optional.empty());
  }

  /** Ends; who was not told yet polls. */
  @Override
  public void close() {
    pings.close();
  }
}
