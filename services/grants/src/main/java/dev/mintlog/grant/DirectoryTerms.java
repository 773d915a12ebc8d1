package dev.mintlog.grant;

import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.TokenStyle;
import java.util.Optional;
import java.util.Set;

/** What is granted beside the RFCs' claims where a client of Entra ID asks. */
final class DirectoryTerms {
  private static final String UPN = "upn";
  private static final String USERNAME = "preferred_username";

  private DirectoryTerms() {}

  /** Empty where another client asks. */
  static Optional<DirectoryClaims> of(TokenRequest request, Registration registration, ClaimValues userClaims) {
    return request.style() != TokenStyle.ENTRA ? Optional.empty()
        : Optional.of(new DirectoryClaims(registration.tenant().tenantId(), name(userClaims)));
  }

  /**
   * The claims of the user that the APIs of an access token want. A user's name goes as {@code upn}, the one claim of Entra ID
   * that has it, to an API that wants to know it by either claim, and to no other: it is personal data, which another API
   * has no need of.
   */
  static ClaimValues named(ClaimValues userClaims, Set<String> wanted) {
    ClaimValues some = userClaims.only(wanted);
    Optional<String> name = wanted.contains(UPN) ? name(userClaims) : name(some);
    return name.map(text -> some.and(ClaimValues.NONE.withText(UPN, text))).orElse(some);
  }

  private static Optional<String> name(ClaimValues claims) {
    return claims.text(UPN).or(() -> claims.text(USERNAME));
  }
}
