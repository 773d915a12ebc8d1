package dev.mintlog.clients.azure;

import com.azure.core.credential.TokenCredential;
import dev.mintlog.clients.deeds.Deed;
import dev.mintlog.clients.deeds.Deeds;
import java.io.IOException;

/** The program that a test starts. */
public final class AzureClient {
  private AzureClient() {}

  public static void main(String[] arguments) throws IOException {
    new Deeds()
        .with("identity/client-secret", identity(Credentials::clientSecret))
        .with("identity/client-certificate", identity(Credentials::clientCertificate))
        .with("identity/assertion", identity(Credentials::assertion))
        .with("identity/workload", identity(Credentials::workload))
        .with("identity/username-password", identity(Credentials::usernamePassword))
        .with("identity/on-behalf-of", identity(Credentials::onBehalfOf))
        .with("identity/authorization-code", identity(Credentials::authorizationCode))
        .with("identity/managed-identity", identity(Credentials::managedIdentity))
        .with("identity/device-code", PendingDevice.identity())
        .with("msal/client-secret", asked -> Msal.with(asked).secret())
        .with("msal/client-certificate", asked -> Msal.with(asked).certificate())
        .with("msal/assertion", asked -> Msal.with(asked).assertion())
        .with("msal/username-password", asked -> Msal.with(asked).usernamePassword())
        .with("msal/on-behalf-of", asked -> Msal.with(asked).onBehalfOf())
        .with("msal/authorization-code", asked -> Msal.with(asked).authorizationCode())
        .with("msal/refresh", asked -> Msal.with(asked).refresh())
        .with("msal/silent", asked -> Msal.with(asked).silent())
        .with("msal/renewed", asked -> Msal.with(asked).renewed())
        .with("msal/renewed-at-authority", asked -> Msal.with(asked).renewedAtAuthority())
        .with("msal/managed-identity", asked -> Msal.with(asked).managedIdentity())
        .with("msal/device-code", PendingDevice.msal())
        .with("device-tokens", PendingDevice.tokens())
        .answer();
  }

  private static Deed identity(java.util.function.Function<Credentials, TokenCredential> kind) {
    return asked -> Credentials.token(asked, kind.apply(new Credentials(asked)));
  }
}
