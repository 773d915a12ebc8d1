// One relying party's deeds with openid-client; what came of it is printed as one JSON object.
//
// usage: node openid-client.mjs <deed>, with in the environment: ISSUER, CLIENT_ID, CLIENT_SECRET (none: a public client),
// SIGNED_WITH (the algorithm of its ID tokens), LOGIN_API and LOGIN_TOKEN (to act for the login application)
import * as client from 'openid-client';

const env = process.env;
const redirectUri = env.REDIRECT_URI;

async function configuration() {
  const authentication = env.CLIENT_SECRET
    ? (env.AUTH_METHOD === 'post' ? client.ClientSecretPost : client.ClientSecretBasic)(env.CLIENT_SECRET)
    : client.None();
  const config = await client.discovery(new URL(env.ISSUER), env.CLIENT_ID,
    { id_token_signed_response_alg: env.SIGNED_WITH ?? 'RS256' }, authentication,
    // The system under test is served on loopback without TLS.
    { execute: [client.allowInsecureRequests] });
  // Verifies ID tokens against the served JWKS too, although they came straight from the token endpoint.
  client.enableNonRepudiationChecks(config);
  return config;
}

/** The login application: it has authenticated alice and has her consent. */
async function login(path, body) {
  const answer = await fetch(new URL(path, env.LOGIN_API), {
    method: 'POST',
    headers: { authorization: `Bearer ${env.LOGIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function authorized(config) {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const { code } = await login('/login/authorizations', {
    client_id: env.CLIENT_ID, subject: '248289761001', scope: 'openid offline_access orders.read',
    redirect_uri: redirectUri, code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256', nonce, auth_time: Math.floor(Date.now() / 1000), amr: ['pwd'],
  });
  const callback = new URL(redirectUri);
  callback.search = new URLSearchParams({ code, state, iss: config.serverMetadata().issuer });
  return client.authorizationCodeGrant(config, callback,
    { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true });
}

const deeds = {
  async discovery(config) {
    return config.serverMetadata();
  },

  async 'client-credentials'(config) {
    return client.clientCredentialsGrant(config, { scope: 'orders.read' });
  },

  async 'authorization-code'(config) {
    const tokens = await authorized(config);
    return { ...tokens, claims: tokens.claims() };
  },

  async refresh(config) {
    const first = await authorized(config);
    const second = await client.refreshTokenGrant(config, first.refresh_token);
    const third = await client.refreshTokenGrant(config, second.refresh_token);
    return { ...third, rotated: new Set([first, second, third].map(tokens => tokens.refresh_token)).size === 3 };
  },

  async device(config) {
    const device = await client.initiateDeviceAuthorization(config, { scope: 'openid offline_access orders.read' });
    const decided = new Promise(resolve => setTimeout(resolve, 1_500)).then(() =>
      login(`/login/device-authorizations/${encodeURIComponent(device.user_code)}/approval`,
        { subject: '248289761001', amr: ['pwd'] }));
    // Polls, is told authorization_pending, and goes on.
    const tokens = await client.pollDeviceAuthorizationGrant(config, device);
    await decided;
    return { ...tokens, user_code: device.user_code, claims: tokens.claims() };
  },

  async 'wrong-secret'(config) {
    try {
      return await client.clientCredentialsGrant(config, { scope: 'orders.read' });
    } catch (e) {
      if (e instanceof client.ResponseBodyError || e instanceof client.WWWAuthenticateChallengeError) {
        return { refused: e.error ?? e.cause?.[0]?.scheme, status: e.status };
      }
      throw e;
    }
  },
};

const deed = deeds[process.argv[2]];
if (!deed) throw new Error(`expected one of ${Object.keys(deeds).join(', ')}`);
console.log(JSON.stringify(await deed(await configuration())));
