package dev.mintlog.system;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.BackchannelAuthenticationCreated;
import java.util.List;

/** How a login application hears of backchannel authentications, and a short cut for tests. */
final class BackchannelRequests {
  private BackchannelRequests() {}

  /** The id that the login application reads in the event, out of what the client got: who has the secret can tell. */
  static String id(RunningSystem system, Answer asked) {
    if (asked.status() != 200) {
      throw new AssertionError("expected an auth_req_id, but found " + asked);
    }
    Reading reading = new Handles(SecretRing.of(system.channelSecret()))
        .read("default", HandleKind.AUTH_REQ_ID, asked.text("auth_req_id"));
    if (reading instanceof Reading.Valid valid) {
      return valid.id().value();
    }
    throw new AssertionError("expected an auth_req_id of this system, but found " + reading);
  }

  /** All that the log says was asked of a user. */
  static List<BackchannelAuthenticationCreated> of(RunningSystem system, String subject) {
    return new Log(system).events(BackchannelAuthenticationCreated.class).stream()
        .filter(event -> event.getSubject().equals(subject)).toList();
  }
}
