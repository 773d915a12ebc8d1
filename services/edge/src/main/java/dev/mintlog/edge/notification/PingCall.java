package dev.mintlog.edge.notification;

import dev.mintlog.edge.outbound.Addresses;
import dev.mintlog.edge.outbound.OutboundCalls;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The request of OpenID CIBA Core §10.2. */
final class PingCall implements AutoCloseable {
  private final OutboundCalls calls;
  private final long waitMillis;

  PingCall(Vertx vertx, NotificationConfig config) {
    this.calls = new OutboundCalls(vertx, "edge-ping-hosts", Optional.of(config.authorities()).filter(pem -> !pem.isEmpty()),
        config.allowPrivateAddresses() ? Addresses.any() : Addresses.publicOnly(NotificationKeys.ALLOW_PRIVATE_ADDRESSES),
        config.timeout());
    // The call ends itself in time; twice that is for a machine that is too busy to end it.
    this.waitMillis = 2 * config.timeout().toMillis();
  }

  /**
   * The status of the answer. Blocks.
   *
   * @throws ExecutionException where there was none
   */
  int send(Ping ping) throws ExecutionException, InterruptedException, TimeoutException {
    // The token in the Authorization header, auth_req_id in a JSON object. Both have none of the characters that JSON or a
    // header would have to escape.
    return calls.post(ping.endpoint(),
            Map.of("Authorization", "Bearer " + ping.token(), "Content-Type", "application/json"),
            "{\"auth_req_id\":\"" + ping.authReqId() + "\"}")
        .toCompletableFuture().get(waitMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    calls.close();
  }
}
