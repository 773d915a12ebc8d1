package dev.mintlog.edge.surface;

import dev.mintlog.client.GrantType;
import dev.mintlog.client.Tenant;
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
    public Refusal told(Tenant tenant, RegisteredClient client, GrantType grantType, Form form, Refusal refusal) {
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
   * A refusal of a grant, as the surface's clients understand it.
   *
   * @param form the request in the words of the registry
   */
  public Refusal told(Tenant tenant, RegisteredClient client, GrantType grantType, Form form, Refusal refusal) {
    return new EntraRefusals(tenant, client.client()).told(grantType, form, refusal);
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
