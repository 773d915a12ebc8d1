package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Issued;
import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The form of Azure's instance metadata service (IMDS). */
record InstanceMetadata(InstantSource clock) implements Protocol {

  @Override
  public String path() {
    return "/metadata/identity/oauth2/token";
  }

  // A browser or a server that is made to fetch a URL sends no such header: who sends it means to.
  @Override
  public Optional<Refused> refusal(MultiMap headers) {
    String metadata = headers.get("Metadata");
    return "true".equalsIgnoreCase(metadata)
        ? Optional.empty()
        : Optional.of(Refused.badRequest("expected the header Metadata: true, but found "
            + (metadata == null ? "none" : "another value")));
  }

  @Override
  public String setting(String url) {
    return "AZURE_POD_IDENTITY_AUTHORITY_HOST=" + url;
  }

  @Override
  public JsonObject answer(String clientId, String resource, Issued token) {
    return Protocol.super.answer(clientId, resource, token)
        .put("expires_in", Long.toString(Math.max(0, Duration.between(clock.instant(), token.expiresAt()).toSeconds())))
        .put("not_before", Long.toString(token.expiresAt().minus(token.lifetime()).getEpochSecond()));
  }
}
