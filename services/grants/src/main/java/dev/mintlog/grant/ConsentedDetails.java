package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import java.util.List;
import java.util.Optional;

/** Which authorization details a consent may have, RFC 9396. Their members are checked where they entered. */
public final class ConsentedDetails {
  private ConsentedDetails() {}

  /**
   * RFC 9396 §5: "The AS MUST refuse to process any unknown authorization details type".
   *
   * @param scopes those of the consent: a token has the details of the API resources that it is for
   */
  public static Optional<Denied> refusal(List<AuthorizationDetail> details, Scopes scopes, Registration registration) {
    for (AuthorizationDetail detail : details) {
      if (!registration.client().access().detailTypes().contains(detail.type())) {
        return refused("expected authorization_details of types registered for the client, but found another");
      }
    }
    List<String> audience = registration.tenant().audienceOf(scopes);
    return registration.tenant().detailsFor(audience, details).size() == details.size()
        ? Optional.empty()
        : refused("expected authorization_details of API resources that a granted scope belongs to, but found others");
  }

  private static Optional<Denied> refused(String description) {
    return Optional.of(Denied.of(TokenError.INVALID_AUTHORIZATION_DETAILS, description));
  }
}
