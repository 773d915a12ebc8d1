package dev.mintlog.channel.state;

import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.BackchannelRequest.Notification;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.Scopes;
import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.BackchannelState;
import java.util.List;
import java.util.Optional;

/** The part of a state that says what is polled for. Its kind begins with what it is polled with. */
final class PolledRequestCodec {
  private static final String DEVICE = "device-";
  private static final String BACKCHANNEL = "backchannel-";

  private PolledRequestCodec() {}

  /** @param where pending, approved or refused */
  static AuthorizationState write(AuthorizationState wire, PolledRequest request, String where) {
    wire.setKind((request.handle() == HandleKind.AUTH_REQ_ID ? BACKCHANNEL : DEVICE) + where);
    wire.setDeviceScope(request.scopes().text());
    wire.setDeviceExpiresAt(request.expiresAt());
    wire.setUserCodeDigest(request.userCodeDigest().orElse(null));
    wire.setBackchannel(request.backchannel().map(PolledRequestCodec::backchannel).orElse(null));
    return wire;
  }

  /** Where such a state stands: pending, approved or refused; any other text where it is no such state. */
  static String where(AuthorizationState wire) {
    String kind = wire.getKind();
    return kind.startsWith(DEVICE) ? kind.substring(DEVICE.length())
        : kind.startsWith(BACKCHANNEL) ? kind.substring(BACKCHANNEL.length())
        : "";
  }

  static PolledRequest read(AuthorizationState wire) {
    Scopes scopes = Scopes.parse(Required.field("deviceScope", wire.getDeviceScope()));
    return wire.getKind().startsWith(BACKCHANNEL)
        ? PolledRequest.ofBackchannel(wire.getClientId(), scopes,
            Required.field("deviceExpiresAt", wire.getDeviceExpiresAt()),
            backchannel(Required.field("backchannel", wire.getBackchannel())))
        : PolledRequest.ofDevice(wire.getClientId(), scopes,
            Required.field("deviceExpiresAt", wire.getDeviceExpiresAt()),
            Required.field("userCodeDigest", wire.getUserCodeDigest()));
  }

  private static BackchannelState backchannel(BackchannelRequest asked) {
    BackchannelState wire = new BackchannelState();
    wire.setSubject(asked.subject());
    wire.setBindingMessage(asked.bindingMessage().orElse(null));
    wire.setAcrValues(asked.acrValues());
    wire.setNotificationToken(asked.notification().map(Notification::token).orElse(null));
    wire.setAuthReqId(asked.notification().map(Notification::authReqId).orElse(null));
    return wire;
  }

  private static BackchannelRequest backchannel(BackchannelState wire) {
    Optional<Notification> notification = Optional.ofNullable(wire.getNotificationToken())
        .map(token -> new Notification(token, Required.field("authReqId", wire.getAuthReqId())));
    return new BackchannelRequest(wire.getSubject(), Optional.ofNullable(wire.getBindingMessage()),
        List.copyOf(wire.getAcrValues()), notification);
  }
}
