package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Issued;
import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One of the forms in which workloads ask for tokens of a managed identity. */
interface Protocol {
  String path();

  /** The refusal of a request whose headers are not those of this form. */
  Optional<Refused> refusal(MultiMap headers);

  /** What a workload has to set so that its SDK asks here; no secret. */
  String setting(String url);

  /** The token in the form's own names. Times are Unix seconds, written as strings: so do the services it stands for. */
  default JsonObject answer(String clientId, String resource, Issued token) {
    return new JsonObject()
        .put("access_token", token.accessToken())
        .put("token_type", token.tokenType())
        .put("expires_on", Long.toString(token.expiresAt().getEpochSecond()))
        .put("resource", resource)
        .put("client_id", clientId);
  }
}
