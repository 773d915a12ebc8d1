package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.List;
import java.util.Optional;

/** {@code none}: a public client names itself, RFC 6749 §3.2.1; so does one that a certificate proves, RFC 8705 §2. */
final class NoClientAuthentication implements ClientAuthenticationMethod {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public boolean isUsed(Optional<String> authorization, Form form) {
    return form.has("client_id");
  }

  @Override
  public Checked<List<Credential>> read(Optional<String> authorization, Form form) {
    return form.require("client_id").then(id -> Checked.accepted(List.of(new Credential(id, Optional.empty()))));
  }
}
