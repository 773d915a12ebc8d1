// One application's deeds with @azure/identity; what came of it is printed as one JSON object.
//
// usage: node azure-identity.mjs <deed>, with in the environment: SCOPE, CLIENT_ID (of a user-assigned identity), and what
// the SDK itself reads
import { ManagedIdentityCredential } from '@azure/identity';

const env = process.env;

const deeds = {
  async 'managed-identity'() {
    const credential = env.CLIENT_ID
      ? new ManagedIdentityCredential({ clientId: env.CLIENT_ID })
      : new ManagedIdentityCredential();
    return credential.getToken(env.SCOPE);
  },
};

try {
  console.log(JSON.stringify(await deeds[process.argv[2]]()));
} catch (refused) {
  console.log(JSON.stringify({ refused: refused.name, message: refused.message }));
}
