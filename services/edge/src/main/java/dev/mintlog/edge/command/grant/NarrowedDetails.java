package dev.mintlog.edge.command.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.edge.command.SealedUserClaims;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.document.text.AuthorizationDetailsText;
import dev.mintlog.schema.CommandHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * {@code authorization_details} at the token endpoint, RFC 9396 §6: the part of what was granted that a token is asked for.
 * Thread-safe.
 */
public final class NarrowedDetails {
  static final String PARAMETER = "authorization_details";

  private final SealedUserClaims sealed;

  /** @param sealer of direction COMMAND: they may be personal data */
  public NarrowedDetails(Sealer sealer) {
    this.sealed = new SealedUserClaims(sealer);
  }

  /** Empty where the request has none; {@code invalid_authorization_details} where one breaks RFC 9396 §5. */
  Checked<Optional<FurtherClaims>> read(GrantRequest request) {
    Optional<String> text = request.form().find(PARAMETER);
    try {
      text.ifPresent(
          array -> AuthorizationDetailsText.read(array, request.registry().detailTypes(request.tenant())));
      return Checked.accepted(text.map(FurtherClaims::new));
    } catch (IllegalArgumentException e) {
      return Checked.refused(Refusal.of(TokenError.INVALID_AUTHORIZATION_DETAILS, e.getMessage()));
    }
  }

  /** Null where there are none. */
  ByteBuffer sealed(AuthorizationId id, CommandHeader header, Optional<FurtherClaims> details) {
    return sealed.of(id, header, details);
  }
}
