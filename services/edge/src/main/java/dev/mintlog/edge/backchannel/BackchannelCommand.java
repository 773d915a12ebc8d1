package dev.mintlog.edge.backchannel;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.command.CommandBody;

/**
 * A backchannel authentication to be born.
 *
 * @param authReqId the handle that the client gets; it does not print
 */
public record BackchannelCommand(AuthorizationId authorization, String authReqId, CommandBody body) {
  @Override
  public String toString() {
    return "BackchannelCommand[" + authorization + "]";
  }
}
