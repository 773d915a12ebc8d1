package dev.mintlog.clients.azure;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.DeviceCode;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.microsoft.aad.msal4j.OnBehalfOfParameters;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.UserAssertion;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** MSAL's applications, made from what a test asks for. */
final class Msal {
  private final Map<String, String> asked;
  private final Set<String> scopes;

  private Msal(Map<String, String> asked) {
    this.asked = asked;
    this.scopes = Set.of(asked.get("scope").split(" "));
  }

  static Msal with(Map<String, String> asked) {
    return new Msal(asked);
  }

  Map<String, String> secret() throws Exception {
    return ofItsOwn(bySecret());
  }

  Map<String, String> certificate() throws Exception {
    PrivateKey key = KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(asked.get("private_key"))));
    X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
        new ByteArrayInputStream(asked.get("certificate").getBytes(StandardCharsets.US_ASCII)));
    return ofItsOwn(ClientCredentialFactory.createFromCertificate(key, certificate));
  }

  Map<String, String> assertion() throws Exception {
    return ofItsOwn(ClientCredentialFactory.createFromClientAssertion(asked.get("assertion")));
  }

  // Deprecated, because the grant is; people use it still.
  @SuppressWarnings("deprecation")
  Map<String, String> usernamePassword() throws Exception {
    return tokens(publicApplication().acquireToken(UserNamePasswordParameters.builder(
        scopes, asked.get("username"), asked.get("password").toCharArray()).build()));
  }

  Map<String, String> onBehalfOf() throws Exception {
    return tokens(confidential(bySecret()).acquireToken(OnBehalfOfParameters.builder(
        scopes, new UserAssertion(asked.get("user_assertion"))).build()));
  }

  Map<String, String> authorizationCode() throws Exception {
    return tokens(confidential(bySecret()).acquireToken(code()));
  }

  Map<String, String> refresh() throws Exception {
    return tokens(confidential(bySecret()).acquireToken(
        RefreshTokenParameters.builder(scopes, asked.get("refresh_token")).build()));
  }

  /** By a code first; then for the account in the cache. */
  Map<String, String> silent() throws Exception {
    return afterCode(silently -> silently.forceRefresh(false));
  }

  /** The same, though the token in the cache is good. */
  Map<String, String> renewed() throws Exception {
    return afterCode(silently -> silently.forceRefresh(true));
  }

  /** The same at the authority, which it is told again. */
  Map<String, String> renewedAtAuthority() throws Exception {
    return afterCode(silently -> silently.authorityUrl(authority() + "/").forceRefresh(true));
  }

  private Map<String, String> afterCode(UnaryOperator<SilentParameters.SilentParametersBuilder> how) throws Exception {
    ConfidentialClientApplication application = confidential(bySecret());
    IAuthenticationResult first = application.acquireToken(code()).get();
    Map<String, String> tokens = tokens(application.acquireTokenSilently(
        how.apply(SilentParameters.builder(scopes, first.account())).build()));
    tokens.put("first_access_token", first.accessToken());
    return tokens;
  }

  Map<String, String> deviceCode(Consumer<DeviceCode> shown) throws Exception {
    return tokens(publicApplication().acquireToken(DeviceCodeFlowParameters.builder(scopes, shown).build()));
  }

  /** Where it is, this one knows from its environment. */
  Map<String, String> managedIdentity() throws Exception {
    String resource = asked.get("scope").replace("/.default", "");
    return tokens(ManagedIdentityApplication.builder(ManagedIdentityId.userAssignedClientId(asked.get("client_id")))
        .build().acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(resource).build()));
  }

  private AuthorizationCodeParameters code() {
    return AuthorizationCodeParameters.builder(asked.get("code"), URI.create(asked.get("redirect_uri")))
        .codeVerifier(asked.get("code_verifier")).scopes(scopes).build();
  }

  private IClientCredential bySecret() {
    return ClientCredentialFactory.createFromSecret(asked.get("secret"));
  }

  private Map<String, String> ofItsOwn(IClientCredential credential) throws Exception {
    return tokens(confidential(credential).acquireToken(ClientCredentialParameters.builder(scopes).build()));
  }

  private ConfidentialClientApplication confidential(IClientCredential credential) throws Exception {
    return ConfidentialClientApplication.builder(asked.get("client_id"), credential)
        .authority(authority()).instanceDiscovery(false).build();
  }

  private PublicClientApplication publicApplication() throws Exception {
    return PublicClientApplication.builder(asked.get("client_id"))
        .authority(authority()).instanceDiscovery(false).build();
  }

  private String authority() {
    String host = asked.get("host");
    String tenant = asked.get("tenant");
    return host + "/" + tenant;
  }

  private static Map<String, String> tokens(CompletableFuture<IAuthenticationResult> future) throws Exception {
    try {
      IAuthenticationResult result = future.get();
      Map<String, String> tokens = new LinkedHashMap<>();
      tokens.put("access_token", result.accessToken());
      tokens.put("scope", String.valueOf(result.scopes()));
      tokens.put("expires_at", result.expiresOnDate().toInstant().toString());
      if (result.account() != null) {
        tokens.put("account", result.account().homeAccountId());
        tokens.put("username", String.valueOf(result.account().username()));
      }
      return tokens;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
