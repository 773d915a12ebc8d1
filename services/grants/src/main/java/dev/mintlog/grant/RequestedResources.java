package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.Answer.Granted;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import java.util.List;
import java.util.Optional;

/**
 * API resources that a request names, RFC 8707. They are granted as a whole or the request is refused: for every grant, in
 * one place.
 */
public final class RequestedResources {
  private RequestedResources() {}

  /** What a token for the subject of a consent is for: as the token request says, otherwise as the consent does. */
  static List<String> of(TokenRequest request, Consent consent) {
    return within(consent.resources(), request.resources());
  }

  /**
   * Those asked for, as far as they are within what may be asked for.
   *
   * @param most none where all may be
   * @param asked none where all that may be are meant
   */
  static List<String> within(List<String> most, List<String> asked) {
    if (most.isEmpty() || asked.isEmpty()) {
      return most.isEmpty() ? asked : most;
    }
    List<String> both = asked.stream().filter(most::contains).toList();
    // Where they have none in common, what is granted is not what was asked for, and is refused as a whole.
    return both.isEmpty() ? most : both;
  }

  /** The client's own bound on how many resources one token may be asked for. */
  static Optional<Denied> tooMany(TokenRequest request, Registration registration) {
    // RFC 8707 §2: "An authorization server may […] refuse to issue a token for multiple resources".
    return request.resources().size() > 1 && !registration.client().access().multipleResources()
        ? Optional.of(Denied.of(TokenError.INVALID_TARGET,
            "Multiple resource indicators not supported on token endpoint: expected one for this client, but found "
                + request.resources().size()))
        : Optional.empty();
  }

  /**
   * RFC 8707 §2: "invalid_target: The requested resource is invalid, missing, unknown, or malformed."
   *
   * @param scopes those that the request is for
   */
  public static Optional<Denied> refusal(List<String> wanted, Scopes scopes, Registration registration) {
    return registration.tenant().audienceOf(scopes).containsAll(wanted) ? Optional.empty() : Optional.of(unrelated());
  }

  /**
   * A decision, or its refusal where what it grants is not for all that was asked for.
   *
   * @param decided what the grant's handler says; its terms are narrowed already
   */
  static Decision asAWhole(Optional<Authorization> loaded, TokenRequest request, Decision decided) {
    boolean whole = !(decided instanceof Decision.Answered answered)
        || !(answered.answer() instanceof Granted granted)
        || granted.terms().audience().containsAll(request.resources()) && !granted.terms().scopes().isEmpty();
    if (whole) {
      return decided;
    }
    // RFC 8707 §2.2: a token request may narrow what the authorization request was for, not widen it.
    boolean beyond = loaded.flatMap(state -> state.state().consentGiven()).map(Consent::resources)
        .filter(original -> !original.isEmpty() && !original.containsAll(request.resources())).isPresent();
    return Decision.unchanged(beyond ? beyond() : unrelated());
  }

  private static Denied beyond() {
    return Denied.of(TokenError.INVALID_TARGET,
        "Resource indicator does not match any resource indicator in the original authorize request");
  }

  private static Denied unrelated() {
    return Denied.of(TokenError.INVALID_TARGET,
        "Invalid resource indicator: expected an API resource that a granted scope belongs to, but found another");
  }
}
