package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.token.StandingAuthorizations;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.RefreshToken;
import java.util.Optional;
import java.util.function.Consumer;

/** RFC 6749 §6 and RFC 9396 §6: {@code refresh_token}, {@code scope}, {@code authorization_details}. */
final class RefreshTokenReader implements GrantReader {
  private final RedeemedHandle handles;
  private final NarrowedDetails details;
  private final StandingAuthorizations standing;

  /** @param standing looks at what an authorization ends with */
  RefreshTokenReader(RedeemedHandle handles, NarrowedDetails details, StandingAuthorizations standing) {
    this.handles = handles;
    this.details = details;
    this.standing = standing;
  }

  @Override
  public GrantType type() {
    return GrantType.REFRESH_TOKEN;
  }

  // An authorization that was got on behalf of a user ends with the user's own, which the processor does not look at; all
  // else is the processor's to judge. The clients that may have such an authorization are few.
  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    Checked<GrantCommand> read = handles.read(request, type(), HandleKind.REFRESH_TOKEN, this::refresh);
    boolean mayEndWithAnother = request.client().client().mayUse(GrantType.JWT_BEARER);
    Optional<AuthorizationId> id = read.match(GrantCommand::authorization, refusal -> Optional.empty());
    if (mayEndWithAnother && id.isPresent()) {
      standing.findOrigin(request.registry(), id.get(), request.loop(),
          found -> then.accept(GrantReading.of(found.then(stands -> read))));
    } else {
      then.accept(GrantReading.of(read));
    }
  }

  @Override
  public boolean narrowsDetails() {
    return true;
  }

  private Checked<GrantCommand> refresh(Reading.Valid handle, Form form, Optional<FurtherClaims> asked) {
    String scope = form.find("scope").orElse(null);
    return Checked.accepted(new GrantCommand(Optional.of(handle.id()), Optional.of(handle.secret()), header ->
        new RefreshToken(header, handle.id().value(), handle.generation(), scope,
            details.sealed(handle.id(), header, asked))));
  }
}
