package dev.mintlog.edge.backchannel;

import dev.mintlog.edge.proof.token.IdTokenHints;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Finds the user that a hint means. Thread-safe. */
public final class HintedUsers {
  private final IdTokenHints idTokens;
  private final LoginHintTokens hintTokens;

  public HintedUsers(IdTokenHints idTokens, LoginHintTokens hintTokens) {
    this.idTokens = idTokens;
    this.hintTokens = hintTokens;
  }

  /**
   * Finds the user's subject. A user of an ID token need not be registered here; a registered one must be enabled.
   *
   * @param now what the times of a token are compared with
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once; before this method returns, unless keys have to be fetched
   */
  public void find(RegistrySnapshot registry, String tenant, RegisteredClient client, UserHint hint, Instant now,
      Executor loop, Consumer<Checked<String>> then) {
    switch (hint.kind()) {
      case LOGIN_HINT -> then.accept(registered(registry, tenant, hint.text()));
      case ID_TOKEN_HINT -> then.accept(ofIdToken(registry, tenant, client.id(), hint.text()));
      case LOGIN_HINT_TOKEN -> hintTokens.named(registry, tenant, client, hint.text(), now, loop,
          named -> then.accept(named.then(name -> registered(registry, tenant, name))));
    }
  }

  private static Checked<String> registered(RegistrySnapshot registry, String tenant, String name) {
    return registry.user(tenant, name).or(() -> registry.subject(tenant, name))
        .filter(RegisteredUser::enabled)
        .map(user -> Checked.accepted(user.subject()))
        .orElseGet(HintedUsers::unknown);
  }

  private Checked<String> ofIdToken(RegistrySnapshot registry, String tenant, String clientId, String token) {
    Optional<String> subject = idTokens.subject(registry, tenant, clientId, token);
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
