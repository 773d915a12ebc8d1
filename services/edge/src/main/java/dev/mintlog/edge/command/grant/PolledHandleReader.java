package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.PollBackchannelAuthentication;
import dev.mintlog.schema.PollDevice;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a client polls with: RFC 8628 §3.4 {@code device_code}, OpenID CIBA Core §10.1 {@code auth_req_id}. */
final class PolledHandleReader implements FormGrantReader {
  private final GrantType type;
  private final HandleKind kind;
  private final PresentedHandle handles;
  private final Command command;

  private interface Command {
    SpecificRecord of(CommandHeader header, String authorizationId, String scope);
  }

  private PolledHandleReader(GrantType type, HandleKind kind, PresentedHandle handles, Command command) {
    this.type = type;
    this.kind = kind;
    this.handles = handles;
    this.command = command;
  }

  static PolledHandleReader ofDeviceCodes(PresentedHandle handles) {
    return new PolledHandleReader(GrantType.DEVICE_CODE, HandleKind.DEVICE_CODE, handles, PollDevice::new);
  }

  static PolledHandleReader ofAuthReqIds(PresentedHandle handles) {
    return new PolledHandleReader(
        GrantType.CIBA, HandleKind.AUTH_REQ_ID, handles, PollBackchannelAuthentication::new);
  }

  @Override
  public GrantType type() {
    return type;
  }

  @Override
  public Checked<GrantCommand> read(String tenant, Form form) {
    String scope = form.find("scope").orElse(null);
    return handles.read(tenant, form, kind, kind.parameter()).then(handle ->
        Checked.accepted(new GrantCommand(Optional.of(handle.id()), Optional.of(handle.secret()), header ->
            command.of(header, handle.id().value(), scope))));
  }
}
