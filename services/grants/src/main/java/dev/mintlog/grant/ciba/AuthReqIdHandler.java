package dev.mintlog.grant.ciba;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.polled.Polling;
import java.util.Optional;

/** Answers a client's poll, OpenID CIBA Core §10.1 and §11: as RFC 8628 has it. */
public final class AuthReqIdHandler implements GrantHandler<Grant.AuthReqId> {

  @Override
  public Class<Grant.AuthReqId> grant() {
    return Grant.AuthReqId.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.AuthReqId grant,
      Registration registration) {
    return new Polling(HandleKind.AUTH_REQ_ID, request, registration).decide(loaded);
  }
}
