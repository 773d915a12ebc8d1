package dev.mintlog.grant;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import java.util.Optional;

/**
 * Decides one grant. Pure and synchronous.
 *
 * @param <G> the proof it decides
 */
public interface GrantHandler<G extends Grant> {

  Class<G> grant();

  /**
   * Decides a request that is new to the state, of an enabled client that may use this grant type.
   *
   * @param loaded the state the grant names; empty where there is none, or none any more
   */
  Decision decide(Optional<Authorization> loaded, TokenRequest request, G grant, Registration registration);
}
