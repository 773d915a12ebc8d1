package dev.mintlog.extension;

import dev.mintlog.answer.TokenError;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What an extension grant says of a credential. */
public sealed interface Verdict {

  /** Calls the function of the variant at hand. */
  <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused);

  /** The token is for a user. */
  static Verdict forUser(VerifiedUser user) {
    return new Accepted(Optional.of(user));
  }

  /** The token is for the client itself: API scopes only, no refresh token, no ID token. */
  static Verdict forClient() {
    return new Accepted(Optional.empty());
  }

  /** RFC 6749 §5.2: "invalid_request: The request is missing a required parameter, includes an unsupported value". */
  static Verdict invalidRequest(String description) {
    return new Refused(TokenError.INVALID_REQUEST, description);
  }

  /** RFC 6749 §5.2: "invalid_grant: The provided authorization grant […] is invalid, expired, revoked". */
  static Verdict invalidGrant(String description) {
    return new Refused(TokenError.INVALID_GRANT, description);
  }

  /** The credential holds. */
  record Accepted(Optional<VerifiedUser> user) implements Verdict {
    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return accepted.apply(this);
    }
  }

  /**
   * The credential does not hold.
   *
   * @param error one of {@link #ERRORS}
   * @param description for the client's developer, and for the audit: what was expected and what was found. It must not
   *     repeat the credential; where it does, the edge answers another one
   */
  record Refused(TokenError error, String description) implements Verdict {
    /** What an extension may answer. */
    public static final Set<TokenError> ERRORS = Set.of(TokenError.INVALID_REQUEST, TokenError.INVALID_GRANT,
        TokenError.UNAUTHORIZED_CLIENT, TokenError.INVALID_SCOPE, TokenError.INVALID_TARGET, TokenError.ACCESS_DENIED);

    public Refused {
      Objects.requireNonNull(description, "description");
      if (!ERRORS.contains(error)) {
        throw new IllegalArgumentException("Expected an error that a token request may have, but found " + error.code());
      }
    }

    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}
