package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.Optional;

/** Reads a handle that what was granted in detail, or a part of it, is redeemed with. */
final class RedeemedHandle {
  private final PresentedHandle handles;
  private final NarrowedDetails details;

  /** Makes the command of a handle that is well. */
  interface Redemption {
    /** @param asked the part of what was granted in detail that is asked for; empty for all of it */
    Checked<GrantCommand> of(Reading.Valid handle, Form form, Optional<FurtherClaims> asked);
  }

  RedeemedHandle(PresentedHandle handles, NarrowedDetails details) {
    this.handles = handles;
    this.details = details;
  }

  Checked<GrantCommand> read(GrantRequest request, GrantType type, HandleKind kind, Redemption redemption) {
    return request.allowed(type).then(form -> details.read(request).then(asked ->
        handles.read(request.tenant(), form, kind, kind.parameter())
            .then(handle -> redemption.of(handle, form, asked))));
  }
}
