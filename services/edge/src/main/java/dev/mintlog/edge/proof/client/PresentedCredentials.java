package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import java.util.List;
import java.util.Optional;

/** Reads how a client authenticates: the list of methods, first one that is used wins. */
final class PresentedCredentials {
  private static final List<ClientAuthenticationMethod> METHODS =
      List.of(new ClientSecretBasic(), new ClientSecretPost(), new NoClientAuthentication());

  private PresentedCredentials() {}

  static List<String> methodNames() {
    return METHODS.stream().map(ClientAuthenticationMethod::name).toList();
  }

  static Checked<List<Credential>> read(Optional<String> authorization, Form form) {
    for (ClientAuthenticationMethod method : METHODS) {
      if (method.isUsed(authorization, form)) {
        return method.read(authorization, form);
      }
    }
    // RFC 6749 §5.2: invalid_client where "no client authentication [is] included".
    return Checked.refused(Refusal.invalidClient("expected client authentication or a client_id, but found neither"));
  }
}
