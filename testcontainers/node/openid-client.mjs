// One relying party's deeds with openid-client.
//
// usage: node openid-client.mjs <deed>, with in the environment: ISSUER, CLIENT_ID, SCOPE, METHOD (how the client proves itself)
// with CLIENT_SECRET, or CLIENT_KEY (a JWK) and CLIENT_ALGORITHM, or CLIENT_CERTIFICATE and CLIENT_PRIVATE_KEY (PEM);
// SIGNED_WITH (the algorithm of its ID tokens), DECRYPTION_KEY with DECRYPTION_ALGORITHM, and what login-application.mjs wants
import * as client from 'openid-client';
import * as undici from 'undici';
import { onceTold, run } from './deeds.mjs';
import { privateKey } from './keys.mjs';
import { approveBackchannel, approveDevice, consent } from './login-application.mjs';

const env = process.env;

// Its times are an hour old.
const expired = {
  [client.modifyAssertion]: (header, claims) => {
    for (const name of ['iat', 'nbf', 'exp']) claims[name] -= 3600;
  },
};

const methods = {
  none: () => client.None(),
  client_secret_basic: () => client.ClientSecretBasic(env.CLIENT_SECRET),
  client_secret_post: () => client.ClientSecretPost(env.CLIENT_SECRET),
  client_secret_jwt: options => client.ClientSecretJwt(env.CLIENT_SECRET, options),
  private_key_jwt: async options => client.PrivateKeyJwt(await privateKey(env.CLIENT_KEY, env.CLIENT_ALGORITHM), options),
  self_signed_tls_client_auth: () => client.TlsClientAuth(),
};

async function configuration({ fetch = undefined, assertion = undefined, ...metadata } = {}) {
  const config = await client.discovery(new URL(env.ISSUER), env.CLIENT_ID,
    { id_token_signed_response_alg: env.SIGNED_WITH ?? 'RS256', ...metadata }, await methods[env.METHOD](assertion));
  // Verifies ID tokens against the served JWKS too, although they came straight from the token endpoint.
  client.enableNonRepudiationChecks(config);
  if (env.METHOD === 'self_signed_tls_client_auth') config[client.customFetch] = withCertificate();
  if (fetch) config[client.customFetch] = fetch;
  return config;
}

function withCertificate() {
  const dispatcher = new undici.Agent({ connect: { cert: env.CLIENT_CERTIFICATE, key: env.CLIENT_PRIVATE_KEY } });
  return (url, options) => undici.fetch(url, { ...options, dispatcher });
}

async function authorized(config, options) {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const challenge = await client.calculatePKCECodeChallenge(verifier);
  const callback = await consent({ challenge, nonce, state, issuer: config.serverMetadata().issuer });
  return client.authorizationCodeGrant(config, callback,
    { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true }, undefined, options);
}

const withClaims = tokens => ({ ...tokens, claims: tokens.claims() });

const clientCredentials = config => client.clientCredentialsGrant(config, { scope: env.SCOPE });

async function dpop(config) {
  return { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) };
}

await run({
  async discovery() {
    return (await configuration()).serverMetadata();
  },

  async 'client-credentials'() {
    return clientCredentials(await configuration());
  },

  async 'expired-assertion'() {
    return clientCredentials(await configuration({ assertion: expired }));
  },

  async 'client-credentials-dpop'() {
    const config = await configuration();
    return client.clientCredentialsGrant(config, { scope: env.SCOPE }, await dpop(config));
  },

  async 'authorization-code'() {
    return withClaims(await authorized(await configuration()));
  },

  async 'authorization-code-dpop'() {
    const config = await configuration();
    const bound = await dpop(config);
    const first = await authorized(config, bound);
    return client.refreshTokenGrant(config, first.refresh_token, undefined, bound);
  },

  async encrypted() {
    const config = await configuration();
    const key = await privateKey(env.DECRYPTION_KEY, env.DECRYPTION_ALGORITHM);
    client.enableDecryptingResponses(config, undefined, { ...key, alg: env.DECRYPTION_ALGORITHM });
    return withClaims(await authorized(config));
  },

  async refresh() {
    const config = await configuration();
    const first = await authorized(config);
    const second = await client.refreshTokenGrant(config, first.refresh_token);
    const third = await client.refreshTokenGrant(config, second.refresh_token);
    return { ...third, rotated: new Set([first, second, third].map(tokens => tokens.refresh_token)).size === 3 };
  },

  async device() {
    let device;
    // Polls, is told authorization_pending, and goes on.
    const config = await configuration({ fetch: onceTold('authorization_pending', () => approveDevice(device.user_code)) });
    device = await client.initiateDeviceAuthorization(config, { scope: env.SCOPE });
    const tokens = await client.pollDeviceAuthorizationGrant(config, device);
    return { ...withClaims(tokens), user_code: device.user_code };
  },

  async 'backchannel-ask'() {
    return client.initiateBackchannelAuthentication(await configuration(), { scope: env.SCOPE, login_hint: env.LOGIN_HINT });
  },

  async 'backchannel-poll'() {
    const approve = onceTold('authorization_pending', () => approveBackchannel(env.REQUEST_ID, env.SUBJECT));
    const config = await configuration({ fetch: approve });
    return withClaims(await client.pollBackchannelAuthenticationGrant(config, JSON.parse(env.ASKED)));
  },

  async introspection() {
    const config = await configuration();
    const { access_token: token } = await clientCredentials(config);
    return client.tokenIntrospection(config, token);
  },

  async 'signed-introspection'() {
    const config = await configuration({ introspection_signed_response_alg: 'RS256' });
    const { access_token: token } = await clientCredentials(config);
    return client.tokenIntrospection(config, token);
  },

  async revocation() {
    const config = await configuration();
    const { access_token: token } = await authorized(config);
    const before = await client.tokenIntrospection(config, token);
    await client.tokenRevocation(config, token);
    const after = await client.tokenIntrospection(config, token);
    return { before: before.active, after: after.active };
  },

  async userinfo() {
    const config = await configuration();
    const tokens = await authorized(config);
    return client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  },

  async 'signed-userinfo'() {
    const config = await configuration({ userinfo_signed_response_alg: env.SIGNED_WITH });
    const tokens = await authorized(config);
    return client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  },
});
