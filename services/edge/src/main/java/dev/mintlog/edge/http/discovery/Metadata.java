package dev.mintlog.edge.http.discovery;

import dev.mintlog.client.GrantType;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.command.grant.GrantReaders;
import dev.mintlog.edge.dpop.DpopProofs;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.inspection.UserInfo;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.key.PublishedKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a tenant's issuer says of itself: OpenID Connect Discovery §3 and RFC 8414 §2, one document for both. */
public final class Metadata {
  private static final List<String> OWN_CLAIMS =
      List.of("iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "auth_time", "acr", "amr");

  private final PublicUrls urls;
  private final List<String> grantTypes;
  private final ClientCertificates certificates;

  public Metadata(PublicUrls urls, GrantReaders grants, ClientCertificates certificates) {
    this.urls = urls;
    this.certificates = certificates;
    this.grantTypes = grants.types().stream().map(GrantType::value).toList();
  }

  public Optional<String> write(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found -> json(registry, found).encode());
  }

  JsonObject json(RegistrySnapshot registry, Tenant tenant) {
    String name = tenant.name();
    JsonObject json = new JsonObject().put("issuer", tenant.issuer());
    urls.authorizationEndpoint(name).ifPresent(endpoint -> json.put("authorization_endpoint", endpoint));
    if (!tenant.detailTypes().isEmpty()) {
      json.put("authorization_details_types_supported", array(new TreeSet<>(tenant.detailTypes().keySet())));
    }
    return json
        .put("token_endpoint", urls.of(name, PublicUrls.TOKEN))
        .put("device_authorization_endpoint", urls.of(name, PublicUrls.DEVICE_AUTHORIZATION))
        .put("backchannel_authentication_endpoint", urls.of(name, PublicUrls.BACKCHANNEL_AUTHENTICATION))
        .put("backchannel_token_delivery_modes_supported", array(List.of("poll", "ping")))
        .put("backchannel_user_code_parameter_supported", true)
        .put("backchannel_authentication_request_signing_alg_values_supported", array(SignedRequests.ALGORITHMS))
        .put("revocation_endpoint", urls.of(name, PublicUrls.REVOCATION))
        .put("introspection_endpoint", urls.of(name, PublicUrls.INTROSPECTION))
        .put("userinfo_endpoint", urls.of(name, PublicUrls.USERINFO))
        .put("jwks_uri", urls.of(name, PublicUrls.JWKS))
        .put("scopes_supported", array(new TreeSet<>(tenant.scopes().keySet())))
        .put("response_types_supported", array(List.of("code")))
        .put("response_modes_supported", array(List.of("query", "form_post")))
        .put("grant_types_supported", array(grantTypes))
        .put("subject_types_supported", array(List.of("public")))
        .put("id_token_signing_alg_values_supported", array(algorithms(registry, name)))
        .put("id_token_encryption_alg_values_supported", array(IdTokenEncryption.ALGORITHMS))
        .put("id_token_encryption_enc_values_supported", array(IdTokenEncryption.METHODS))
        .put("token_endpoint_auth_methods_supported", array(with(ClientAuthenticator.methodNames())))
        .put("token_endpoint_auth_signing_alg_values_supported", array(ClientAuthenticator.assertionAlgorithms()))
        .put("revocation_endpoint_auth_methods_supported", array(with(ClientAuthenticator.methodNames())))
        .put("revocation_endpoint_auth_signing_alg_values_supported", array(ClientAuthenticator.assertionAlgorithms()))
        .put("introspection_endpoint_auth_methods_supported", array(with(ClientAuthenticator.provingMethodNames())))
        .put("introspection_endpoint_auth_signing_alg_values_supported", array(ClientAuthenticator.assertionAlgorithms()))
        // RFC 9701 §7 and OpenID Connect Discovery §3.
        .put("introspection_signing_alg_values_supported", array(algorithms(registry, name)))
        .put("userinfo_signing_alg_values_supported", array(algorithms(registry, name)))
        .put("dpop_signing_alg_values_supported", array(DpopProofs.ALGORITHMS))
        .put("tls_client_certificate_bound_access_tokens", certificates.areTaken())
        .put("code_challenge_methods_supported", array(List.of("S256")))
        .put("claims_parameter_supported", true)
        .put("claims_supported", array(Stream.concat(OWN_CLAIMS.stream(), UserInfo.claimNames().stream()).toList()));
  }

  private List<String> with(List<String> methods) {
    return Stream.concat(methods.stream(), certificates.methodNames().stream()).toList();
  }

  private static Iterable<String> algorithms(RegistrySnapshot registry, String tenant) {
    TreeSet<String> algorithms = new TreeSet<>();
    for (PublishedKey key : registry.keys(tenant)) {
      algorithms.add(key.algorithm().jws());
    }
    return algorithms;
  }

  private static JsonArray array(Iterable<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }
}
