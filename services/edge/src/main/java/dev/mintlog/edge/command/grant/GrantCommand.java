package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.proof.ProofClaim;
import java.util.List;
import java.util.Optional;

/**
 * What a token request asks of the log.
 *
 * @param authorization the authorization that the presented handle names; empty for a grant without state
 * @param secret the presented handle's secret, which its successor is written with
 * @param body the command
 * @param issuedTokenType what the answer says the token is, RFC 8693 §2.2.1; empty for other grants
 * @param proofs what is spent with the command, beside what authenticated the client
 */
public record GrantCommand(
    Optional<AuthorizationId> authorization, Optional<HandleSecret> secret, CommandBody body,
    Optional<String> issuedTokenType, List<ProofClaim> proofs) {
  public GrantCommand {
    proofs = List.copyOf(proofs);
  }

  GrantCommand(Optional<AuthorizationId> authorization, Optional<HandleSecret> secret, CommandBody body,
      Optional<String> issuedTokenType) {
    this(authorization, secret, body, issuedTokenType, List.of());
  }

  GrantCommand(Optional<AuthorizationId> authorization, Optional<HandleSecret> secret, CommandBody body) {
    this(authorization, secret, body, Optional.empty());
  }

  GrantCommand forResources(List<String> resources) {
    return resources.isEmpty() ? this : new GrantCommand(authorization, secret, body.forResources(resources),
        issuedTokenType, proofs);
  }

  /** The same for tokens with the claims of a style. */
  GrantCommand inStyle(TokenStyle style) {
    return new GrantCommand(authorization, secret, body.inStyle(style), issuedTokenType, proofs);
  }

  /** The same on an authorization that is born of it, where it has none yet. */
  GrantCommand onNew(HandleSecret drawn, String tenant) {
    AuthorizationId id = drawn.authorizationId(tenant);
    return new GrantCommand(Optional.of(id), Optional.of(drawn), body.onNew(id), issuedTokenType, proofs);
  }

  /** The same; what proved it is good for one command. */
  GrantCommand spending(List<ProofClaim> spent) {
    return new GrantCommand(authorization, secret, body, issuedTokenType, spent);
  }

  static GrantCommand withoutState(CommandBody body) {
    return new GrantCommand(Optional.empty(), Optional.empty(), body);
  }
}
