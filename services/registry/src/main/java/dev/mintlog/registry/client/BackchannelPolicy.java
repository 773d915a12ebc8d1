package dev.mintlog.registry.client;

import java.util.List;
import java.util.Optional;

/**
 * What a client's backchannel authentication requests may look like, OpenID CIBA Core §4 and §7.1.
 *
 * @param signingAlgorithm {@code backchannel_authentication_request_signing_alg}; empty where it signs none
 * @param requiresSigned whether it may ask with a signed request only
 * @param hintIssuers whose JWTs count as {@code login_hint_token}
 */
public record BackchannelPolicy(
    Optional<String> signingAlgorithm, boolean requiresSigned, List<HintIssuer> hintIssuers) {
  public static final BackchannelPolicy DEFAULT = new BackchannelPolicy(Optional.empty(), false, List.of());

  public BackchannelPolicy {
    hintIssuers = List.copyOf(hintIssuers);
  }
}
