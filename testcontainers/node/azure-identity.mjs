// One application's deeds with @azure/identity; what came of it is printed as one JSON object.
//
// usage: node azure-identity.mjs <deed>, with in the environment: SCOPE, TENANT, CLIENT_ID, and what the deed needs; the
// SDK itself reads AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS and what it knows of managed identities
import {
  AuthorizationCodeCredential, ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential,
  DeviceCodeCredential, ManagedIdentityCredential, OnBehalfOfCredential, UsernamePasswordCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { run } from './deeds.mjs';
import { approveDevice } from './login-application.mjs';

const env = process.env;
const options = { disableInstanceDiscovery: true };
// How often the user was asked.
let prompts = 0;
const application = { tenantId: env.TENANT, clientId: env.CLIENT_ID, ...options };

const credentials = {
  'managed-identity': () => env.CLIENT_ID
    ? new ManagedIdentityCredential({ clientId: env.CLIENT_ID })
    : new ManagedIdentityCredential(),
  secret: () => new ClientSecretCredential(env.TENANT, env.CLIENT_ID, env.CLIENT_SECRET, options),
  certificate: () =>
    new ClientCertificateCredential(env.TENANT, env.CLIENT_ID, { certificate: env.CLIENT_CERTIFICATE }, options),
  'certificate-chain': () => new ClientCertificateCredential(env.TENANT, env.CLIENT_ID,
    { certificate: env.CLIENT_CERTIFICATE }, { ...options, sendCertificateChain: true }),
  assertion: () => new ClientAssertionCredential(env.TENANT, env.CLIENT_ID, async () => env.ASSERTION, options),
  'workload-identity': () => new WorkloadIdentityCredential({ ...application, tokenFilePath: env.ASSERTION_FILE }),
  'device-code': () => new DeviceCodeCredential({
    ...application,
    userPromptCallback: prompt => {
      prompts++;
      // Not at once: the first poll is told to wait.
      setTimeout(() => approveDevice(prompt.userCode), 1_500);
    },
  }),
  password: () => new UsernamePasswordCredential(env.TENANT, env.CLIENT_ID, env.USER_NAME, env.PASSWORD, options),
  'on-behalf-of': () => new OnBehalfOfCredential(
    { ...application, clientSecret: env.CLIENT_SECRET, userAssertionToken: env.USER_TOKEN }),
  'authorization-code': () => new AuthorizationCodeCredential(
    env.TENANT, env.CLIENT_ID, env.CLIENT_SECRET, env.CODE, env.REDIRECT_URI, options),
};

const deeds = Object.fromEntries(Object.entries(credentials).map(([name, made]) => [name, async () => {
  const credential = made();
  const token = await credential.getToken(env.SCOPE);
  // The second time it is the cache that answers, or the refresh token where the first one is about to end.
  const again = await credential.getToken(env.SCOPE);
  return { ...token, isCached: again.token === token.token, renewed: again.token, prompts };
}]));

await run(deeds);
