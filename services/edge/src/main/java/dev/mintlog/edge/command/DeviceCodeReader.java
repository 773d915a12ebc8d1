package dev.mintlog.edge.command;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.PollDevice;
import java.util.Optional;

/** RFC 8628 §3.4: {@code device_code}. */
final class DeviceCodeReader implements FormGrantReader {
  private final PresentedHandle handles;

  DeviceCodeReader(PresentedHandle handles) {
    this.handles = handles;
  }

  @Override
  public GrantType type() {
    return GrantType.DEVICE_CODE;
  }

  @Override
  public Checked<GrantCommand> read(String tenant, Form form) {
    String scope = form.find("scope").orElse(null);
    return handles.read(tenant, form, HandleKind.DEVICE_CODE, "device_code").then(handle ->
        Checked.accepted(new GrantCommand(Optional.of(handle.id()), Optional.of(handle.secret()), header ->
            new PollDevice(header, handle.id().value(), scope))));
  }
}
