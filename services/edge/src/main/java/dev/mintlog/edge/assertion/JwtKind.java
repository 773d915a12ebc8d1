package dev.mintlog.edge.assertion;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a signed JWT is shown as: what it has to look like, and how it is refused.
 *
 * @param noun as refusals call it
 * @param error that refusals have
 * @param types what its header may name as {@code typ}, in any case; it may also name none
 * @param typeOfOthers what it may name as well where somebody else issued it than it is about
 * @param needsSubject whether it must have a {@code sub}
 * @param charactersMax longer ones are refused unread
 */
public record JwtKind(String noun, TokenError error, List<String> types, Optional<String> typeOfOthers,
    boolean needsSubject, int charactersMax) {
  /**
   * RFC 7523 §2.2. What another issuer gives a workload may be an access token, RFC 9068: of that issuer alone, and for the
   * audience that is registered with it.
   */
  public static final JwtKind CLIENT_ASSERTION = new JwtKind("assertion", TokenError.INVALID_CLIENT,
      List.of("JWT", "client-authentication+jwt"), Optional.of("at+jwt"), true, Assertion.CHARACTERS_MAX);
  /** RFC 7523 §2.1. */
  public static final JwtKind GRANT_ASSERTION = new JwtKind("assertion", TokenError.INVALID_GRANT,
      List.of("JWT", "authorization-grant+jwt"), Optional.empty(), true, Assertion.CHARACTERS_MAX);
  /** OpenID CIBA Core §7.1.1; the type is that of RFC 9101 §10.8. */
  public static final JwtKind REQUEST_OBJECT = new JwtKind("request object", TokenError.INVALID_REQUEST_OBJECT,
      List.of("JWT", "oauth-authz-req+jwt"), Optional.empty(), false, Assertion.CHARACTERS_MAX);
  /** OpenID CIBA Core §7.1. */
  public static final JwtKind LOGIN_HINT_TOKEN = new JwtKind(
      "login_hint_token", TokenError.INVALID_REQUEST, List.of("JWT"), Optional.empty(), true, 4_000);

  public JwtKind {
    types = List.copyOf(types);
  }

  /** The noun with its article. */
  String one() {
    return (noun.startsWith("a") ? "an " : "a ") + noun;
  }

  /**
   * RFC 8725 §3.11: whether its type lets it be taken for this kind. RFC 7515 §4.1.9: "application/" may be left out, and
   * media types are compared in any case.
   */
  boolean mayBeOfType(String type, AssertionClaims claims) {
    String lower = type.toLowerCase(Locale.ROOT);
    String bare = lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    return bare.isEmpty() || types.stream().anyMatch(bare::equalsIgnoreCase)
        || typeOfOthers.filter(bare::equals).isPresent() && !claims.issuer().equals(claims.subject());
  }

  Refusal refusal(String description) {
    return Refusal.of(error, description);
  }
}
