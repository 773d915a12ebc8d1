package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.List;
import java.util.Optional;

/** {@code client_secret_post}: id and secret in the body, RFC 6749 §2.3.1. */
final class ClientSecretPost implements ClientAuthenticationMethod {

  @Override
  public String name() {
    return "client_secret_post";
  }

  @Override
  public boolean isUsed(Optional<String> authorization, Form form) {
    return form.has("client_secret");
  }

  @Override
  public Checked<List<Credential>> read(Optional<String> authorization, Form form) {
    return form.require("client_id").then(id ->
        Checked.accepted(List.of(Credential.of(id, form.find("client_secret").orElseThrow()))));
  }
}
