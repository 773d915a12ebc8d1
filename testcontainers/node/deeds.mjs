// Runs one deed of an application and prints what came of it as one JSON object: what the deed returned, or under "refused"
// what the library told its user.

/** @param deeds functions by name; the command line names the one to run */
export async function run(deeds) {
  const deed = deeds[process.argv[2]];
  if (!deed) throw new Error(`expected one of ${Object.keys(deeds).join(', ')}`);
  let outcome;
  try {
    outcome = await deed();
  } catch (error) {
    outcome = { refused: told(error) };
  }
  console.log(JSON.stringify(outcome));
}

/** What a person finds in the error that a library throws. */
function told(error) {
  const { name, message, code, error: oauthError, error_description: description, cause } = error;
  const answer = cause instanceof Response ? cause : undefined;
  return {
    name, message, code, error: oauthError, description,
    status: error.status ?? answer?.status,
    retryAfter: answer?.headers.get('retry-after') ?? undefined,
    // Of a WWW-Authenticate header.
    challenges: Array.isArray(cause) ? cause.map(({ scheme, parameters }) => ({ scheme, ...parameters })) : undefined,
    cause: cause instanceof Error ? told(cause) : undefined,
  };
}

/** A fetch that does something once, after the server has first answered with an error of this code. */
export function onceTold(error, deed) {
  let isDone = false;
  return async (url, options) => {
    const answer = await fetch(url, options);
    if (!isDone && answer.status === 400 && (await answer.clone().json()).error === error) {
      isDone = true;
      await deed();
    }
    return answer;
  };
}
