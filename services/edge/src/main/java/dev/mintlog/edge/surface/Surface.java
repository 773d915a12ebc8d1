package dev.mintlog.edge.surface;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;

/** A family of paths that tokens are asked for at, by what parameters mean there. docs/entra-style.md has the whole. */
public enum Surface {
  /** The RFCs'. */
  PLAIN {
    @Override
    public Checked<Asked> read(RegistrySnapshot registry, String tenant, RegisteredClient client,
        Optional<GrantType> grantType, Form form) {
      return Checked.accepted(Asked.literally(form));
    }

    @Override
    public Refusal told(RegisteredClient client, GrantType grantType, Form form, Refusal refusal) {
      return refusal;
    }
  },
  /** {@code /{tenant}/oauth2/…}: what is asked for is a resource, and numbers are texts. */
  ENTRA_V1,
  /** {@code /{tenant}/oauth2/v2.0/…}: what is asked for are scopes that name their resource. */
  ENTRA_V2,
  /** {@code /adfs/oauth2/…}: either. */
  ADFS;

  /**
   * Reads what a request asks for.
   *
   * @param client who asks
   * @param grantType empty at the device authorization endpoint
   * @return the request in the words of the registry
   */
  public Checked<Asked> read(RegistrySnapshot registry, String tenant, RegisteredClient client,
      Optional<GrantType> grantType, Form form) {
    return new EntraScopes(registry, tenant, client.client(), grantType).read(form);
  }

  /**
   * A refusal of a grant, as the surface's clients understand it: MSAL asks the user to sign in again where {@code suberror}
   * says that the refresh token is spent or that consent is missing, and by no other sign.
   *
   * @param form the request in the words of the registry
   */
  public Refusal told(RegisteredClient client, GrantType grantType, Form form, Refusal refusal) {
    if (!grantType.equals(GrantType.REFRESH_TOKEN)) {
      return refusal;
    }
    if (refusal.error().equals(TokenError.INVALID_GRANT.code())) {
      return refusal.withSuberror("bad_token");
    }
    boolean isAllowed = Scopes.parse(form.find("scope").orElse("")).isWithin(client.client().allowedScopes());
    return refusal.error().equals(TokenError.INVALID_SCOPE.code()) && isAllowed
        ? refusal.withError(TokenError.INVALID_GRANT).withSuberror("consent_required")
        : refusal;
  }

  /** The claims of tokens that are asked for there. */
  public TokenStyle tokenStyle() {
    return isEntraStyle() ? TokenStyle.ENTRA : TokenStyle.RFC;
  }

  /** Whether it is made for clients of Entra ID and ADFS. */
  public boolean isEntraStyle() {
    return this != PLAIN;
  }
}
