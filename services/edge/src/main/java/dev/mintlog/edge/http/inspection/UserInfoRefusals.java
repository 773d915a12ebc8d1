package dev.mintlog.edge.http.inspection;

import dev.mintlog.client.Scopes;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.dpop.DpopProofs;
import dev.mintlog.edge.http.BearerChallenge;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.inspection.ShownToken.Scheme;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Optional;
import java.util.function.Supplier;

/** Refuses questions about users, with a challenge of the scheme that the token is to be shown under. */
final class UserInfoRefusals {
  private static final String ALGORITHMS = "algs=\"" + String.join(" ", DpopProofs.ALGORITHMS) + "\"";
  private static final String DPOP = "DPoP realm=\"mintlog\", " + ALGORITHMS;

  private final DenialAudit denials;
  private final Supplier<RegistrySnapshot> registry;

  UserInfoRefusals(DenialAudit denials, Supplier<RegistrySnapshot> registry) {
    this.denials = denials;
    this.registry = registry;
  }

  /** There was no token, or one too many. RFC 9449 §7.2: both schemes are told of. */
  void refuseWithoutToken(Exchange exchange, Refusal refusal, boolean tokenCame) {
    audit(exchange, refusal);
    if (!tokenCame && !exchange.isOver()) {
      exchange.response().headers().add(Responses.WWW_AUTHENTICATE, BearerChallenge.REALM);
      exchange.response().headers().add(Responses.WWW_AUTHENTICATE, DPOP);
      Responses.refusal(exchange, refusal);
    } else {
      BearerChallenge.refuse(exchange, refusal, tokenCame, Optional.empty());
    }
  }

  /** Refuses, and tells the audit. */
  void refuse(Exchange exchange, Scheme scheme, Refusal refusal) {
    // That a nonce is wanted is part of the protocol.
    if (!refusal.error().equals(DpopProofs.USE_DPOP_NONCE)) {
      audit(exchange, refusal);
    }
    challenge(exchange, scheme, refusal);
  }

  /** Refuses what a command was refused for: the audit has it already. */
  void refuseDecided(Exchange exchange, Scheme scheme, Refusal refusal) {
    challenge(exchange, scheme, refusal.status() == 400 ? refusal.withStatus(401) : refusal);
  }

  private void challenge(Exchange exchange, Scheme scheme, Refusal refusal) {
    Optional<String> scope = refusal.status() == 403 ? Optional.of(Scopes.OPENID) : Optional.empty();
    if (refusal.status() != 401 && refusal.status() != 403) {
      Responses.refusal(exchange, refusal);
    } else if (scheme == Scheme.BEARER) {
      BearerChallenge.refuse(exchange, refusal, true, scope);
    } else {
      challengeDpop(exchange, refusal, scope);
    }
  }

  // RFC 9449 §7.1: "the resource server MUST include a WWW-Authenticate header field […] with the DPoP authentication
  // scheme", error as in RFC 6750 §3, and "algs: a space-delimited list of supported JWS algorithms".
  private static void challengeDpop(Exchange exchange, Refusal refusal, Optional<String> scope) {
    if (!exchange.isOver()) {
      exchange.response().putHeader(Responses.WWW_AUTHENTICATE, DPOP + ", error=\"" + refusal.error()
          + "\", error_description=\"" + refusal.description() + "\""
          + scope.map(wanted -> ", scope=\"" + wanted + "\"").orElse(""));
    }
    Responses.refusal(exchange, refusal);
  }

  private void audit(Exchange exchange, Refusal refusal) {
    denials.refused(exchange.tenant(), Optional.empty(), Optional.empty(), refusal, registry.get().revision());
  }
}
