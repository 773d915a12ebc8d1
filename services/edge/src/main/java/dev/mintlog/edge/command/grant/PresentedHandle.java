package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;

/** Reads a handle that a client presents. A forged one is refused here and never reaches the log. */
final class PresentedHandle {
  private final Handles handles;

  PresentedHandle(Handles handles) {
    this.handles = handles;
  }

  Checked<Reading.Valid> read(String tenant, Form form, HandleKind kind, String parameter) {
    return form.require(parameter).then(text -> handles.read(tenant, kind, text).match(
        Checked::accepted,
        invalid -> Checked.refused(Refusal.invalidGrant(parameter + ": " + invalid.why())),
        // Perhaps of a secret that other edges were given first: neither a grant nor a refusal may be concluded.
        () -> Checked.refused(Refusal.tryAgain(
            "expected a " + parameter + " under a key that is known here, but found another key"))));
  }
}
