// The login application: it has authenticated a user and has her consent. In the environment: LOGIN_API, LOGIN_TOKEN, CLIENT_ID,
// REDIRECT_URI, SCOPE
const env = process.env;
const ALICE = '248289761001';

async function post(path, body) {
  const answer = await fetch(new URL(path, env.LOGIN_API), {
    method: 'POST',
    headers: { authorization: `Bearer ${env.LOGIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** The address that the browser is sent back to, with a code for alice's consent. */
export async function consent({ challenge, nonce, state, issuer }) {
  const { code } = await post('/login/authorizations', {
    client_id: env.CLIENT_ID, subject: ALICE, scope: env.SCOPE, redirect_uri: env.REDIRECT_URI,
    code_challenge: challenge, code_challenge_method: 'S256', nonce,
    auth_time: Math.floor(Date.now() / 1000), amr: ['pwd'],
  });
  const callback = new URL(env.REDIRECT_URI);
  callback.search = new URLSearchParams({ code, state, iss: issuer });
  return callback;
}

export function approveDevice(userCode) {
  return post(`/login/device-authorizations/${encodeURIComponent(userCode)}/approval`, { subject: ALICE, amr: ['pwd'] });
}

/** @param id which the login application finds in the events */
export function approveBackchannel(id, subject) {
  return post(`/login/backchannel-authentications/${id}/approval`, { subject, amr: ['hwk'] });
}
