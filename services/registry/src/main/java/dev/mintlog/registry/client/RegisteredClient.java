package dev.mintlog.registry.client;

import dev.mintlog.client.Client;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client with what the edge needs to know of it.
 *
 * @param client as a decision needs it
 * @param name for people
 * @param isPublic without a secret: it authenticates with {@code none}, RFC 6749 §2.1
 * @param secrets expired ones included; none for a public client
 * @param allowedOrigins web origins that may call from a browser (CORS)
 * @param rateLimit how often it may ask each edge; empty for what the edge has for all
 * @param signedUserInfo whether it gets a JWT of the userinfo endpoint, OpenID Connect Core §5.3.2
 * @param assertions how it proves itself with signed JWTs
 * @param sender how it proves that it has a key of its own
 * @param grantAssertions which JWTs it may present as authorization grants
 * @param backchannel what its backchannel authentication requests may look like
 */
public record RegisteredClient(
    Client client,
    Optional<String> name,
    boolean isPublic,
    List<RegisteredSecret> secrets,
    Set<String> allowedOrigins,
    Optional<RateLimit> rateLimit,
    boolean signedUserInfo,
    RegisteredAssertions assertions,
    SenderPolicy sender,
    GrantAssertionPolicy grantAssertions,
    BackchannelPolicy backchannel) {

  public RegisteredClient {
    secrets = List.copyOf(secrets);
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  public String id() {
    return client.id();
  }
}
