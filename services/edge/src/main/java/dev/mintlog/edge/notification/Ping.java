package dev.mintlog.edge.notification;

import java.net.URI;

/**
 * One notification, OpenID CIBA Core §10.2. It does not print: it holds two secrets.
 *
 * @param client the client's id with its tenant's name in front
 * @param endpoint the client's {@code backchannel_client_notification_endpoint}, an https URL
 * @param token the client's {@code client_notification_token}
 * @param authReqId which request is decided
 */
record Ping(String client, URI endpoint, String token, String authReqId) {
  @Override
  public String toString() {
    return "Ping[" + client + "]";
  }
}
