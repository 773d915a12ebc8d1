package dev.mintlog.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Client;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Confirmation.Method;
import dev.mintlog.command.Command.TokenRequest;
import java.util.Optional;

/**
 * Whether a handle comes from whom it is bound to. Who lacks the key is treated as another client is: what they present
 * neither burns, nor rotates, nor revokes.
 */
public final class SenderCheck {
  private SenderCheck() {}

  /**
   * RFC 9449 §10: the server "verifies that it matches the dpop_jkt parameter value in the authorization request. If
   * they do not match, it MUST reject the request."
   */
  public static Optional<Decision> ofCode(Consent consent, TokenRequest request) {
    Optional<Confirmation> sender = request.delivery().confirmation();
    if (consent.confirmation().isEmpty() || consent.confirmation().equals(sender)) {
      return Optional.empty();
    }
    boolean hasProof = sender.isPresent() && sender.get().method() == Method.JKT;
    return Optional.of(Decision.denied(TokenError.INVALID_DPOP_PROOF,
        "expected a DPoP proof by the key of the authorization request's dpop_jkt, but found "
            + (hasProof ? "another key's" : "none")));
  }

  /**
   * Whether what was redeemed before is presented by whom it was given to. RFC 9449 §5: "When an authorization server
   * supporting DPoP issues a refresh token to a public client that presents a valid DPoP proof at the token endpoint,
   * the refresh token MUST be bound to the respective public key." So RFC 8705 §4. A confidential client proves by its
   * credentials who it is and may change its key.
   */
  public static Optional<Decision> ofRedeemed(Consent consent, TokenRequest request, Client client) {
    Optional<Confirmation> given = consent.confirmation();
    Optional<Confirmation> found = request.delivery().confirmation();
    if (given.map(Confirmation::method).equals(found.map(Confirmation::method))) {
      return client.isPublic() && !given.equals(found) ? otherKey(given.get()) : Optional.empty();
    }
    if (found.isEmpty()) {
      return Optional.of(Decision.denied(TokenError.INVALID_REQUEST,
          "expected the proof of possession that the grant was obtained with, but found none"));
    }
    return Optional.of(Decision.denied(TokenError.INVALID_REQUEST, given.isEmpty()
        ? "expected no proof of possession, because the grant was obtained without, but found one"
        : "expected the kind of proof of possession that the grant was obtained with, but found another"));
  }

  private static Optional<Decision> otherKey(Confirmation given) {
    return Optional.of(given.method() == Method.JKT
        ? Decision.denied(TokenError.INVALID_DPOP_PROOF,
            "expected a DPoP proof by the key that the grant was obtained with, but found another key's")
        : Decision.denied(TokenError.INVALID_GRANT,
            "expected the client certificate that the grant was obtained with, but found another"));
  }
}
