package dev.mintlog.authorization;

import java.util.List;
import java.util.Optional;

/**
 * What a client asks of a user who is elsewhere, OpenID CIBA Core §7.1. It does not print: it may hold personal data and a
 * secret.
 *
 * @param subject the user who is asked; nobody else can approve
 * @param bindingMessage what both devices show, so that the user sees that they belong together
 * @param acrValues authentication context classes asked for, in order of preference
 * @param notification how the client hears of the decision; empty where it only polls
 */
public record BackchannelRequest(
    String subject, Optional<String> bindingMessage, List<String> acrValues, Optional<Notification> notification) {

  public BackchannelRequest {
    acrValues = List.copyOf(acrValues);
  }

  @Override
  public String toString() {
    return "BackchannelRequest[" + subject + "]";
  }

  /**
   * What a ping says, OpenID CIBA Core §10.2.
   *
   * @param token {@code client_notification_token}, the client's own secret
   * @param authReqId the handle itself: the one that leaves an edge, always sealed
   */
  public record Notification(String token, String authReqId) {
    @Override
    public String toString() {
      return "Notification";
    }
  }
}
