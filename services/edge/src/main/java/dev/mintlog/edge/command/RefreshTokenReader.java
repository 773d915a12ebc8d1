package dev.mintlog.edge.command;

import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.RefreshToken;
import java.util.Optional;
import java.util.function.Consumer;

/** RFC 6749 §6 and RFC 9396 §6: {@code refresh_token}, {@code scope}, {@code authorization_details}. */
final class RefreshTokenReader implements GrantReader {
  private final PresentedHandle handles;
  private final NarrowedDetails details;

  RefreshTokenReader(PresentedHandle handles, NarrowedDetails details) {
    this.handles = handles;
    this.details = details;
  }

  @Override
  public GrantType type() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public boolean narrowsDetails() {
    return true;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    then.accept(GrantReading.of(request.allowed(type())
        .then(form -> details.read(request).then(asked -> read(request.tenant(), form, asked)))));
  }

  private Checked<GrantCommand> read(String tenant, Form form, Optional<FurtherClaims> asked) {
    String scope = form.find("scope").orElse(null);
    return handles.read(tenant, form, HandleKind.REFRESH_TOKEN, "refresh_token").then(handle ->
        Checked.accepted(new GrantCommand(Optional.of(handle.id()), Optional.of(handle.secret()), header ->
            new RefreshToken(header, handle.id().value(), handle.generation(), scope,
                details.sealed(handle.id(), header, asked)))));
  }
}
