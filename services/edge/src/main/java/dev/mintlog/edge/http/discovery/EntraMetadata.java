package dev.mintlog.edge.http.discovery;

import dev.mintlog.client.Tenant;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a tenant's issuer says of itself to clients of Entra ID and ADFS: the same issuer, with the endpoints whose parameters
 * and answers are made for them.
 */
public final class EntraMetadata {
  private final Metadata metadata;
  private final PublicUrls urls;

  public EntraMetadata(Metadata metadata, PublicUrls urls) {
    this.metadata = metadata;
    this.urls = urls;
  }

  /** The document at a tenant's {@code /v2.0}. */
  public Optional<String> write(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found -> json(registry, found, found.name(),
        EntraPaths.TOKEN, EntraPaths.DEVICE_CODE, EntraPaths.AUTHORIZE, EntraPaths.KEYS).encode());
  }

  /** The document at {@code /adfs}. */
  public Optional<String> writeAdfs(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found -> json(registry, found, EntraPaths.ADFS,
        EntraPaths.TOKEN_V1, EntraPaths.DEVICE_CODE_V1, EntraPaths.AUTHORIZE_V1, EntraPaths.KEYS_V1).encode());
  }

  /** The document behind another name of a tenant, with the plain endpoints. */
  public Optional<String> writePlain(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found ->
        withAuthorization(metadata.json(registry, found), found.name(), EntraPaths.AUTHORIZE).encode());
  }

  private JsonObject json(RegistrySnapshot registry, Tenant tenant, String name, String token, String deviceCode,
      String authorize, String keys) {
    return withAuthorization(metadata.json(registry, tenant)
        .put("token_endpoint", urls.behind(name, token))
        .put("device_authorization_endpoint", urls.behind(name, deviceCode))
        .put("jwks_uri", urls.behind(name, keys))
        .put("cloud_instance_name", urls.host()), name, authorize);
  }

  private JsonObject withAuthorization(JsonObject json, String name, String authorize) {
    // MSAL for Node takes no document without it.
    return json.containsKey("authorization_endpoint") ? json
        : json.put("authorization_endpoint", urls.behind(name, authorize));
  }
}
