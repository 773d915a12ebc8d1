package dev.mintlog.edge.command.authorization;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.schema.RevokeAuthorization;

/** RFC 7009 §2.1: ends an authorization and all that was born of it. Whether it is the client's, the decision says. */
public final class RevocationCommand {
  private RevocationCommand() {}

  public static CommandBody of(AuthorizationId authorization) {
    return header -> new RevokeAuthorization(header, authorization.value());
  }
}
