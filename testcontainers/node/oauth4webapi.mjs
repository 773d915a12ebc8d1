// One relying party's deeds with oauth4webapi: each step by hand, as the library wants it.
//
// usage: node oauth4webapi.mjs <deed>, with the environment of openid-client.mjs
import * as oauth from 'oauth4webapi';
import * as undici from 'undici';
import { run } from './deeds.mjs';
import { privateKey } from './keys.mjs';
import { approveBackchannel, approveDevice, consent } from './login-application.mjs';

const env = process.env;
const app = { client_id: env.CLIENT_ID, id_token_signed_response_alg: env.SIGNED_WITH ?? 'RS256' };

const expired = {
  [oauth.modifyAssertion]: (header, claims) => {
    for (const name of ['iat', 'nbf', 'exp']) claims[name] -= 3600;
  },
};

const methods = {
  none: () => oauth.None(),
  client_secret_basic: () => oauth.ClientSecretBasic(env.CLIENT_SECRET),
  client_secret_post: () => oauth.ClientSecretPost(env.CLIENT_SECRET),
  client_secret_jwt: options => oauth.ClientSecretJwt(env.CLIENT_SECRET, options),
  private_key_jwt: async options => oauth.PrivateKeyJwt(await privateKey(env.CLIENT_KEY, env.CLIENT_ALGORITHM), options),
  self_signed_tls_client_auth: () => oauth.TlsClientAuth(),
};

async function discovered() {
  const issuer = new URL(env.ISSUER);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer));
}

function withCertificate() {
  const dispatcher = new undici.Agent({ connect: { cert: env.CLIENT_CERTIFICATE, key: env.CLIENT_PRIVATE_KEY } });
  return { [oauth.customFetch]: (url, options) => undici.fetch(url, { ...options, dispatcher }) };
}

async function clientCredentials(as, { assertion = undefined, ...options } = {}) {
  const answer = await oauth.clientCredentialsGrantRequest(as, app, await methods[env.METHOD](assertion), { scope: env.SCOPE },
    env.METHOD === 'self_signed_tls_client_auth' ? withCertificate() : options);
  return oauth.processClientCredentialsResponse(as, app, answer);
}

async function authorized(as, options) {
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const state = oauth.generateRandomState();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const callback = oauth.validateAuthResponse(as, app, await consent({ challenge, nonce, state, issuer: as.issuer }), state);
  const answer = await oauth.authorizationCodeGrantRequest(
    as, app, await methods[env.METHOD](), callback, env.REDIRECT_URI, verifier, options);
  const tokens = await oauth.processAuthorizationCodeResponse(as, app, answer, { expectedNonce: nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, answer);
  return tokens;
}

async function refreshed(as, refreshToken, options) {
  const answer = await oauth.refreshTokenGrantRequest(as, app, await methods[env.METHOD](), refreshToken, options);
  return oauth.processRefreshTokenResponse(as, app, answer);
}

async function introspected(as, token, options) {
  const answer = await oauth.introspectionRequest(as, app, await methods[env.METHOD](), token, options);
  const introspection = await oauth.processIntrospectionResponse(as, app, answer);
  if (options?.requestJwtResponse) await oauth.validateApplicationLevelSignature(as, answer);
  return introspection;
}

async function userInfo(as, tokens) {
  const answer = await oauth.userInfoRequest(as, app, tokens.access_token);
  return oauth.processUserInfoResponse(as, app, oauth.skipSubjectCheck, answer);
}

const withClaims = tokens => ({ ...tokens, claims: oauth.getValidatedIdTokenClaims(tokens) });

/** Asks every interval, and once has been told to wait lets the user decide. */
async function polled(interval, ask, decide) {
  let isDecided = false;
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, interval * 1000));
    try {
      return await ask();
    } catch (error) {
      if (error.error !== 'authorization_pending' || isDecided) throw error;
      isDecided = true;
      await decide();
    }
  }
}

await run({
  discovery: discovered,

  async 'client-credentials'() {
    return clientCredentials(await discovered());
  },

  async 'expired-assertion'() {
    return clientCredentials(await discovered(), { assertion: expired });
  },

  async 'client-credentials-dpop'() {
    const as = await discovered();
    const DPoP = oauth.DPoP(app, await oauth.generateKeyPair('ES256'));
    try {
      return await clientCredentials(as, { DPoP });
    } catch (error) {
      // The handle has kept the nonce that came with the refusal.
      if (!oauth.isDPoPNonceError(error)) throw error;
      return { ...await clientCredentials(as, { DPoP }), wantedNonce: true };
    }
  },

  async 'authorization-code'() {
    return withClaims(await authorized(await discovered()));
  },

  async 'authorization-code-dpop'() {
    const as = await discovered();
    const DPoP = oauth.DPoP(app, await oauth.generateKeyPair('ES256'));
    return refreshed(as, (await authorized(as, { DPoP })).refresh_token, { DPoP });
  },

  async refresh() {
    const as = await discovered();
    const first = await authorized(as);
    const second = await refreshed(as, first.refresh_token);
    const third = await refreshed(as, second.refresh_token);
    return { ...third, rotated: new Set([first, second, third].map(tokens => tokens.refresh_token)).size === 3 };
  },

  async device() {
    const as = await discovered();
    const authentication = await methods[env.METHOD]();
    const device = await oauth.processDeviceAuthorizationResponse(as, app,
      await oauth.deviceAuthorizationRequest(as, app, authentication, { scope: env.SCOPE }));
    const tokens = await polled(device.interval ?? 5, async () => oauth.processDeviceCodeResponse(as, app,
      await oauth.deviceCodeGrantRequest(as, app, authentication, device.device_code)), () => approveDevice(device.user_code));
    return { ...withClaims(tokens), user_code: device.user_code };
  },

  async 'backchannel-ask'() {
    const as = await discovered();
    const answer = await oauth.backchannelAuthenticationRequest(as, app, await methods[env.METHOD](),
      { scope: env.SCOPE, login_hint: env.LOGIN_HINT });
    return oauth.processBackchannelAuthenticationResponse(as, app, answer);
  },

  async 'backchannel-poll'() {
    const as = await discovered();
    const asked = JSON.parse(env.ASKED);
    const authentication = await methods[env.METHOD]();
    return withClaims(await polled(asked.interval, async () => oauth.processBackchannelAuthenticationGrantResponse(as, app,
      await oauth.backchannelAuthenticationGrantRequest(as, app, authentication, asked.auth_req_id)),
    () => approveBackchannel(env.REQUEST_ID, env.SUBJECT)));
  },

  async introspection() {
    const as = await discovered();
    return introspected(as, (await clientCredentials(as)).access_token);
  },

  async 'signed-introspection'() {
    const as = await discovered();
    return introspected(as, (await clientCredentials(as)).access_token, { requestJwtResponse: true });
  },

  async revocation() {
    const as = await discovered();
    const { access_token: token } = await authorized(as);
    const before = await introspected(as, token);
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, app, await methods[env.METHOD](), token));
    const after = await introspected(as, token);
    return { before: before.active, after: after.active };
  },

  async userinfo() {
    const as = await discovered();
    return userInfo(as, await authorized(as));
  },

  async 'resource-server'() {
    const as = await discovered();
    const { access_token: token } = await clientCredentials(as);
    const request = new Request('https://orders.example/orders', { headers: { authorization: `Bearer ${token}` } });
    return oauth.validateJwtAccessToken(as, request, 'https://orders.example');
  },
});
