// Private keys that the environment has as JWKs, as the libraries want them.
const PARAMETERS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  'RSA-OAEP-256': { name: 'RSA-OAEP', hash: 'SHA-256' },
  'ECDH-ES': { name: 'ECDH', namedCurve: 'P-256' },
};
const USAGES = { 'RSA-OAEP-256': ['decrypt'], 'ECDH-ES': ['deriveBits'] };

/** @param text a JWK */
export async function privateKey(text, algorithm) {
  // What else a JWK says of its use is not for WebCrypto.
  const { kid, use, alg, key_ops, ...jwk } = JSON.parse(text);
  const usages = USAGES[algorithm] ?? ['sign'];
  return { kid, key: await crypto.subtle.importKey('jwk', jwk, PARAMETERS[algorithm], false, usages) };
}
