package dev.mintlog.clients.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AuthorizationCodeCredentialBuilder;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.DeviceCodeInfo;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.OnBehalfOfCredentialBuilder;
import com.azure.identity.UsernamePasswordCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The credentials of Azure Identity, made from what a test asks for. */
final class Credentials {
  private final Map<String, String> asked;

  Credentials(Map<String, String> asked) {
    this.asked = asked;
  }

  static Map<String, String> token(Map<String, String> asked, TokenCredential credential) {
    AccessToken token = credential.getTokenSync(new TokenRequestContext().addScopes(asked.get("scope")));
    return Map.of("access_token", token.getToken(), "expires_at", token.getExpiresAt().toInstant().toString());
  }

  TokenCredential clientSecret() {
    return at(new ClientSecretCredentialBuilder().clientSecret(asked.get("secret"))).build();
  }

  TokenCredential clientCertificate() {
    return at(new ClientCertificateCredentialBuilder().pemCertificate(asked.get("pem_file"))).build();
  }

  TokenCredential assertion() {
    return at(new ClientAssertionCredentialBuilder().clientAssertion(() -> asked.get("assertion"))).build();
  }

  TokenCredential workload() {
    return at(new WorkloadIdentityCredentialBuilder().tokenFilePath(asked.get("token_file"))).build();
  }

  // Deprecated, because the grant is; people use it still.
  @SuppressWarnings("deprecation")
  TokenCredential usernamePassword() {
    return at(new UsernamePasswordCredentialBuilder().username(asked.get("username")).password(asked.get("password")))
        .build();
  }

  TokenCredential onBehalfOf() {
    return at(new OnBehalfOfCredentialBuilder().clientSecret(asked.get("secret"))
        .userAssertion(asked.get("user_assertion"))).build();
  }

  TokenCredential authorizationCode() {
    return at(new AuthorizationCodeCredentialBuilder().clientSecret(asked.get("secret"))
        .authorizationCode(asked.get("code")).redirectUrl(asked.get("redirect_uri"))).build();
  }

  TokenCredential deviceCode(Consumer<DeviceCodeInfo> shown) {
    return at(new DeviceCodeCredentialBuilder().challengeConsumer(shown)).build();
  }

  /** Where it is, this one knows from its environment. */
  TokenCredential managedIdentity() {
    return new ManagedIdentityCredentialBuilder().clientId(asked.get("client_id")).build();
  }

  private <T extends AadCredentialBuilderBase<T>> T at(T credential) {
    String host = asked.get("host");
    String tenant = asked.get("tenant");
    credential.authorityHost(host).disableInstanceDiscovery().tenantId(tenant);
    if ("none".equals(asked.get("retries"))) {
      credential.retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
    }
    return credential.clientId(asked.get("client_id"));
  }
}
