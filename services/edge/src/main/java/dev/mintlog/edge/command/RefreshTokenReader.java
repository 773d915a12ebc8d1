package dev.mintlog.edge.command;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.RefreshToken;
import java.util.Optional;

/** RFC 6749 §6: {@code refresh_token}, {@code scope}. */
final class RefreshTokenReader implements FormGrantReader {
  private final PresentedHandle handles;

  RefreshTokenReader(PresentedHandle handles) {
    this.handles = handles;
  }

  @Override
  public GrantType type() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public Checked<GrantCommand> read(String tenant, Form form) {
    String scope = form.find("scope").orElse(null);
    return handles.read(tenant, form, HandleKind.REFRESH_TOKEN, "refresh_token").then(handle ->
        Checked.accepted(new GrantCommand(Optional.of(handle.id()), Optional.of(handle.secret()), header ->
            new RefreshToken(header, handle.id().value(), handle.generation(), scope))));
  }
}
