package dev.mintlog.registry.document.client;

import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.tenant.LoginApi;

/** What of a client has to fit together. */
final class ClientRules {
  private ClientRules() {}

  /** @param fields the client's own, to note problems in */
  static void check(Fields fields, RegisteredClient registered) {
    checkAuthentication(fields, registered);
    if (registered.isPublic()) {
      checkGrantsOfPublicClient(fields, registered.client());
    }
    checkReferenceTokens(fields, registered.client());
    checkCodes(fields, registered.client(), registered.isPublic());
    if (registered.isPublic() && registered.client().allowedScopes().contains(LoginApi.SCOPE)) {
      fields.problem("allowedScopes", LoginApi.SCOPE + " is not for public clients");
    }
  }

  private static void checkAuthentication(Fields fields, RegisteredClient registered) {
    boolean isPublic = registered.isPublic();
    boolean hasCertificate = registered.sender().certificate().authenticates();
    if (isPublic && fields.has("secrets") && !registered.secrets().isEmpty()) {
      fields.problem("secrets", "a public client has none");
    }
    if (isPublic && !registered.assertions().isEmpty()) {
      fields.problem("assertions", "a public client has none");
    }
    if (isPublic && hasCertificate) {
      fields.problem("tls",
          "a public client is not authenticated by a certificate; boundAccessTokens alone may be given");
    }
    if (!isPublic && !fields.has("secrets") && !fields.has("assertions") && !hasCertificate) {
      fields.problem("secrets", "expected one at least, or assertions, or tls that authenticates, or public: true");
    }
  }

  private static void checkGrantsOfPublicClient(Fields fields, Client client) {
    // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
    if (client.mayUse(GrantType.CLIENT_CREDENTIALS)) {
      fields.problem("grantTypes", "client_credentials is not for public clients (RFC 6749 §4.4)");
    }
    // OpenID CIBA Core §7.1: "The Client MUST authenticate to the Backchannel Authentication Endpoint".
    if (client.mayUse(GrantType.CIBA)) {
      fields.problem("grantTypes", "ciba is not for public clients (OpenID CIBA Core §7.1)");
    }
    // A token that is exchanged may be bound to a key, the new one is not: whoever stole it must not get one.
    if (client.mayUse(GrantType.TOKEN_EXCHANGE)) {
      fields.problem("grantTypes", GrantType.TOKEN_EXCHANGE + " is not for public clients");
    }
    // The assertion proves its user. Who presents it has to prove themselves by more than a name.
    if (client.mayUse(GrantType.JWT_BEARER)) {
      fields.problem("grantTypes", GrantType.JWT_BEARER + " is not for public clients");
    }
  }

  private static void checkReferenceTokens(Fields fields, Client client) {
    if (client.access().tokenType() != AccessTokenType.REFERENCE) {
      return;
    }
    // What an exchange gives belongs to the subject token's authorization, whose handles only its own client can have.
    if (client.mayUse(GrantType.TOKEN_EXCHANGE)) {
      fields.problem("accessTokenType", "reference is not for clients that may use " + GrantType.TOKEN_EXCHANGE);
    }
    if (client.allowedScopes().contains(LoginApi.SCOPE)) {
      fields.problem("accessTokenType", "reference is not for clients that may ask for " + LoginApi.SCOPE);
    }
  }

  private static void checkCodes(Fields fields, Client client, boolean isPublic) {
    // RFC 9700 §2.1.1: "Public clients MUST use PKCE". That they must is the default; there are clients that cannot, so an
    // operator may say of one of them that it need not.
    // RFC 9700 §2.2.2: "Refresh tokens for public clients MUST be sender-constrained or use refresh token rotation".
    if (isPublic && !client.refresh().rotates()) {
      fields.problem("refresh.policy", "reuse is not for public clients (RFC 9700 §2.2.2)");
    }
    if (client.mayUse(GrantType.AUTHORIZATION_CODE) && client.redirectUris().isEmpty()) {
      fields.problem("redirectUris", "expected one at least, because of authorization_code");
    }
  }
}
