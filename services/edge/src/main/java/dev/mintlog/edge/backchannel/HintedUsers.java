package dev.mintlog.edge.backchannel;

import dev.mintlog.edge.proof.IdTokenHints;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredUser;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Optional;

/** Finds the user that a hint means. Thread-safe. */
public final class HintedUsers {
  private final IdTokenHints idTokens;

  public HintedUsers(IdTokenHints idTokens) {
    this.idTokens = idTokens;
  }

  /** The user's subject. A user of an ID token need not be registered here; a registered one must be enabled. */
  public Checked<String> subject(RegistrySnapshot registry, String tenant, String clientId, UserHint hint) {
    if (hint.kind() == UserHint.Kind.LOGIN_HINT) {
      return registry.user(tenant, hint.text()).or(() -> registry.subject(tenant, hint.text()))
          .filter(RegisteredUser::enabled)
          .map(user -> Checked.accepted(user.subject()))
          .orElseGet(HintedUsers::unknown);
    }
    Optional<String> subject = idTokens.subject(registry, tenant, clientId, hint.text());
    if (subject.isEmpty()) {
      return Checked.refused(Refusal.invalidRequest(
          "Invalid id_token_hint: expected an ID token that this issuer gave to the client"));
    }
    boolean disabled = registry.subject(tenant, subject.get()).filter(user -> !user.enabled()).isPresent();
    return disabled ? unknown() : Checked.accepted(subject.get());
  }

  // OpenID CIBA Core §13: "unknown_user_id: The OpenID Provider is not able to identify which end-user the Client wishes
  // to be authenticated by means of the hint provided in the request".
  private static Checked<String> unknown() {
    return Checked.refused(new Refusal(400, "unknown_user_id", "expected a hint that names an enabled user", 0));
  }
}
