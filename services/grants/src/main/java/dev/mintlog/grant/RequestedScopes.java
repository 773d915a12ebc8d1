package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Scopes;
import java.util.Optional;

/** Scope rules that several commands share. */
public final class RequestedScopes {
  private RequestedScopes() {}

  /**
   * RFC 6749 §3.3: an omitted scope means a pre-defined default; ours is all that is allowed. What is asked for is never
   * silently reduced.
   */
  public static Scopes orAll(Optional<Scopes> requested, Scopes allowed) {
    return requested.filter(scopes -> !scopes.isEmpty()).orElse(allowed);
  }

  /** RFC 6749 §5.2: "invalid_scope: The requested scope is invalid, unknown, malformed, or exceeds the scope granted". */
  public static Optional<Denied> refusal(Scopes wanted, Scopes allowed) {
    if (wanted.isEmpty()) {
      return Optional.of(Denied.of(TokenError.INVALID_SCOPE,
          "expected at least one scope allowed to the client, but it has none"));
    }
    if (!wanted.isWithin(allowed)) {
      return Optional.of(Denied.of(TokenError.INVALID_SCOPE,
          "expected scopes allowed here, but found: " + wanted.without(allowed).text()));
    }
    return Optional.empty();
  }
}
