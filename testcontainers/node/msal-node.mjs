// One application's deeds with @azure/msal-node; what came of it is printed as one JSON object.
//
// usage: node msal-node.mjs <deed>, with in the environment: AUTHORITY, CLIENT_ID, SCOPE, NODE_EXTRA_CA_CERTS, and what the deed
// needs
import {
  ConfidentialClientApplication, ManagedIdentityApplication, ProtocolMode, PublicClientApplication,
} from '@azure/msal-node';
import { run } from './deeds.mjs';
import { approveDevice } from './login-application.mjs';

const env = process.env;
const scopes = [env.SCOPE];

function configuration(credential, protocolMode) {
  return {
    auth: { clientId: env.CLIENT_ID, authority: env.AUTHORITY, knownAuthorities: [new URL(env.AUTHORITY).host], ...credential },
    system: { protocolMode },
  };
}

const publicClient = (mode = ProtocolMode.AAD) => new PublicClientApplication(configuration({}, mode));

function confidential(mode = ProtocolMode.AAD) {
  return new ConfidentialClientApplication(configuration(credential(), mode));
}

function credential() {
  if (env.CLIENT_SECRET) return { clientSecret: env.CLIENT_SECRET };
  if (env.ASSERTION) return { clientAssertion: env.ASSERTION };
  return { clientCertificate: { thumbprintSha256: env.THUMBPRINT, privateKey: env.CLIENT_PRIVATE_KEY } };
}

function redeemed(client) {
  return client.acquireTokenByCode(
    { code: env.CODE, codeVerifier: env.CODE_VERIFIER, redirectUri: env.REDIRECT_URI, scopes });
}

function renewed(client, account) {
  return client.acquireTokenSilent({ account, scopes, forceRefresh: true });
}

await run({
  secret: () => confidential().acquireTokenByClientCredential({ scopes }),

  certificate: () => confidential().acquireTokenByClientCredential({ scopes }),

  assertion: () => confidential().acquireTokenByClientCredential({ scopes }),

  // Where it is, it knows from its environment.
  'managed-identity': () => new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: env.CLIENT_ID },
  }).acquireToken({ resource: env.SCOPE.replace('/.default', '') }),

  // Not as a client of Entra ID: at the issuer's own endpoints.
  'as-openid-client': () => confidential(ProtocolMode.OIDC).acquireTokenByClientCredential({ scopes }),

  'device-code': () => publicClient().acquireTokenByDeviceCode({
    scopes,
    deviceCodeCallback: device => void setTimeout(() => approveDevice(device.userCode), 1_500),
  }),

  password: () => publicClient().acquireTokenByUsernamePassword({ scopes, username: env.USER_NAME, password: env.PASSWORD }),

  'on-behalf-of': () => confidential().acquireTokenOnBehalfOf({ oboAssertion: env.USER_TOKEN, scopes }),

  'authorization-code': () => redeemed(confidential()),

  async silent() {
    const client = publicClient();
    const first = await redeemed(client);
    const cached = await client.acquireTokenSilent({ account: first.account, scopes });
    const fresh = await renewed(client, first.account);
    return {
      ...fresh,
      isCached: cached.fromCache && cached.accessToken === first.accessToken,
      isRenewed: !fresh.fromCache && fresh.accessToken !== first.accessToken,
    };
  },

  async 'silent-after-revocation'() {
    const client = publicClient();
    const { account, accessToken } = await redeemed(client);
    const revocation = await fetch(new URL('/connect/revocation', env.AUTHORITY), {
      method: 'POST',
      body: new URLSearchParams({ client_id: env.CLIENT_ID, token: accessToken }),
    });
    if (!revocation.ok) throw new Error(`revocation: ${revocation.status} ${await revocation.text()}`);
    return renewed(client, account);
  },
});
