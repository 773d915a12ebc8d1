package dev.mintlog.edge.backchannel;

import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.JwtKind;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.HintIssuer;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads {@code login_hint_token}: a JWT of an issuer that the client is registered to show JWTs of. OpenID CIBA Core §7.1:
 * "The format and semantics of this token are not defined by this specification". Thread-safe.
 */
public final class LoginHintTokens {
  private static final Refusal UNMATCHED = invalid(
      "expected a JWT signed by an issuer that is registered for the client, but found no match");
  private static final Refusal KEYS_UNKNOWN =
      Refusal.tryAgain("expected to know the keys of the login_hint_token's issuer, but could not fetch them");

  private final AssertionSignatures signatures;

  public LoginHintTokens(AssertionSignatures signatures) {
    this.signatures = signatures;
  }

  /**
   * Finds out whom it names. It is not spent: it proves nothing, and is good until it expires.
   *
   * @param now what its times are compared with
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once, with its {@code sub}; before this method returns, unless keys have to be fetched
   */
  void named(RegistrySnapshot registry, String tenant, RegisteredClient client, String token, Instant now, Executor loop,
      Consumer<Checked<String>> then) {
    String issuer = registry.tenant(tenant).orElseThrow().issuer();
    Assertion.parse(token, JwtKind.LOGIN_HINT_TOKEN).either(
        hint -> verify(new AssertionSignatures.Question(registry, tenant, hint, now, loop), client, verified -> then.accept(
            verified.then(good -> judge(good.claims(), issuer, now)))),
        refusal -> then.accept(Checked.refused(invalid(refusal.description()))));
  }

  private void verify(
      AssertionSignatures.Question question, RegisteredClient client, Consumer<Checked<Assertion>> then) {
    Assertion hint = question.assertion();
    Optional<HintIssuer> issuer = client.backchannel().hintIssuers().stream()
        .filter(each -> each.issuer().equals(hint.claims().issuer())).findFirst();
    if (issuer.isEmpty()) {
      then.accept(Checked.refused(UNMATCHED));
      return;
    }
    signatures.ofPublisher(question, issuer.get().jwksUri(), Set.of(),
        verdict -> then.accept(switch (verdict) {
          case SIGNED -> Checked.accepted(hint);
          case NOT_SIGNED -> Checked.refused(UNMATCHED);
          case NOT_KNOWN -> Checked.refused(KEYS_UNKNOWN);
        }));
  }

  private static Checked<String> judge(AssertionClaims claims, String issuer, Instant now) {
    // RFC 8725 §3.9: a JWT that was made for somebody else is not taken.
    if (!claims.audiences().contains(issuer)) {
      return Checked.refused(invalid("expected this issuer, " + issuer + ", in aud"));
    }
    // OpenID CIBA Core §13: "expired_login_hint_token: The login_hint_token provided in the authentication request is not
    // valid because it has expired."
    if (!now.isBefore(claims.acceptedUntil())) {
      return Checked.refused(new Refusal(400, "expired_login_hint_token",
          "expected a login_hint_token that lives, but it has expired", 0));
    }
    return claims.untimely(now).<Checked<String>>map(refusal -> Checked.refused(invalid(refusal.description())))
        .orElseGet(() -> Checked.accepted(claims.subject()));
  }

  private static Refusal invalid(String description) {
    return Refusal.invalidRequest("Invalid login_hint_token: " + description);
  }
}
