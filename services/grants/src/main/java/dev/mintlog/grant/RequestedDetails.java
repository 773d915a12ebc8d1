package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.command.Command.TokenRequest;
import java.util.List;
import java.util.Optional;

/**
 * The part of the granted authorization details that a token request asks for, RFC 9396 §6. What is less than an element is
 * for its API to know, §6.1: here an element is asked for as it was granted, or left out.
 */
public final class RequestedDetails {
  private RequestedDetails() {}

  /**
   * RFC 9396 §6: "The AS checks whether the underlying grant […] allows the issuance of an access token with the requested
   * authorization details. Otherwise, the AS refuses the request with the error code invalid_authorization_details".
   */
  public static Optional<Denied> refusal(TokenRequest request, Consent consent) {
    return request.details().filter(asked -> !consent.details().containsAll(asked))
        .map(wider -> Denied.of(TokenError.INVALID_AUTHORIZATION_DETAILS,
            "expected authorization_details that were granted, each as it was granted, but found others"));
  }

  /** What the token is asked for: all of the consent's where the request says nothing of them. */
  static List<AuthorizationDetail> of(TokenRequest request, Consent consent) {
    return request.details()
        .map(asked -> consent.details().stream().filter(asked::contains).toList())
        .orElse(consent.details());
  }
}
