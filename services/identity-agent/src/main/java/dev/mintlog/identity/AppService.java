package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Refused;
import dev.mintlog.runtime.config.Secret;
import io.vertx.core.MultiMap;
import java.util.Optional;

/** The form of Azure App Service: whoever asks shows a secret that was given to the workload alone. */
record AppService(Secret header) implements Protocol {

  @Override
  public String path() {
    return "/msi/token";
  }

  @Override
  public Optional<Refused> refusal(MultiMap headers) {
    String given = headers.get("X-IDENTITY-HEADER");
    return given != null && header.equals(new Secret(given))
        ? Optional.empty()
        : Optional.of(new Refused(401, "unauthorized", "expected the header X-IDENTITY-HEADER with this host's value,"
            + " but found " + (given == null ? "none" : "another"), 0));
  }

  @Override
  public String setting(String url) {
    return "IDENTITY_ENDPOINT=" + url + path() + " and IDENTITY_HEADER";
  }
}
