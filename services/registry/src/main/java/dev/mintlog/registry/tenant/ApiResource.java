package dev.mintlog.registry.tenant;

import dev.mintlog.client.Client;
import dev.mintlog.client.Client.DevicePolicy;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.client.Scopes;
import dev.mintlog.registry.client.BackchannelPolicy;
import dev.mintlog.registry.client.GrantAssertionPolicy;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.RegisteredSecret;
import dev.mintlog.registry.client.SenderPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An API that tokens are for.
 *
 * @param name the {@code aud} of its tokens
 * @param scopes what may be asked of it
 * @param userClaims names of the claims of users that its tokens hold
 * @param detailTypes types of authorization details that it defines, RFC 9396 §2
 * @param secrets what it authenticates with to introspect tokens, RFC 7662 §2.1; none: it cannot
 */
public record ApiResource(
    String name, List<String> scopes, List<String> userClaims, List<AuthorizationDetailType> detailTypes,
    List<RegisteredSecret> secrets) {
  public ApiResource {
    scopes = List.copyOf(scopes);
    userClaims = List.copyOf(userClaims);
    detailTypes = List.copyOf(detailTypes);
    secrets = List.copyOf(secrets);
  }

  /** The API as the client that it is when it authenticates: by its name and secrets, allowed nothing. */
  public RegisteredClient asClient() {
    Client client = new Client(name, true, Set.of(), Scopes.NONE, Set.of(), true, TokenPolicy.DEFAULT,
        RefreshPolicy.DEFAULT, DevicePolicy.DEFAULT);
    return new RegisteredClient(client, Optional.empty(), false, secrets, Set.of(), Optional.empty(), false,
        RegisteredAssertions.NONE, SenderPolicy.NONE, GrantAssertionPolicy.DEFAULT, BackchannelPolicy.DEFAULT);
  }
}
