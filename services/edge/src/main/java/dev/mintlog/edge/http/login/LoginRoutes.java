package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.LoginCommands;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.request.Checked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The paths of the login application's API. */
public final class LoginRoutes {
  private static final String AUTHORIZATIONS = "/login/authorizations";
  private static final String REVOCATIONS = "/login/revocations";
  private static final String DEVICE_AUTHORIZATIONS = "/login/device-authorizations/";
  private static final String BACKCHANNEL_AUTHENTICATIONS = "/login/backchannel-authentications/";
  private static final String APPROVAL = "/approval";
  private static final String REFUSAL = "/refusal";

  private final PathTable fixed = new PathTable();
  private final LoginExchange login;
  private final UserCodeExchange userCodes;
  private final BackchannelExchange backchannel;
  private final DecisionNotices notices;
  private final LoginCommands commands;
  private final TokenCommandSender sender;
  private final UserClaims claims;

  public LoginRoutes(NewAuthorizationEndpoint authorizations, BroadRevocationEndpoint revocations, LoginExchange login,
      UserCodeExchange userCodes, BackchannelExchange backchannel, DecisionNotices notices, LoginCommands commands,
      TokenCommandSender sender, UserClaims claims) {
    this.claims = claims;
    fixed.add(AUTHORIZATIONS, authorizations).add(REVOCATIONS, revocations);
    this.login = login;
    this.userCodes = userCodes;
    this.backchannel = backchannel;
    this.notices = notices;
    this.commands = commands;
    this.sender = sender;
  }

  public Optional<Endpoint> find(String path) {
    if (path.startsWith(DEVICE_AUTHORIZATIONS)) {
      return device(path.substring(DEVICE_AUTHORIZATIONS.length()));
    }
    return path.startsWith(BACKCHANNEL_AUTHENTICATIONS)
        ? backchannel(path.substring(BACKCHANNEL_AUTHENTICATIONS.length()))
        : fixed.find(path);
  }

  private Optional<Endpoint> device(String rest) {
    return decoded(name(rest)).flatMap(code -> action(rest).isEmpty()
        ? Optional.of(new DeviceAuthorizationStatusEndpoint(login, userCodes, code))
        : decision(action(rest), HandleKind.DEVICE_CODE, userCodes.of(code)));
  }

  private Optional<Endpoint> backchannel(String rest) {
    RequestFinder finder = backchannel.of(name(rest));
    return action(rest).isEmpty()
        ? Optional.of(new BackchannelStatusEndpoint(login, finder))
        : decision(action(rest), HandleKind.AUTH_REQ_ID, finder);
  }

  private Optional<Endpoint> decision(String action, HandleKind handle, RequestFinder finder) {
    return switch (action) {
      case APPROVAL -> Optional.of(new RequestDecisionEndpoint(login, handle, finder, sender, commands, claims, notices,
          body -> LoginRequests.approval(body).then(approval -> Checked.accepted(Optional.of(approval)))));
      // A refusal says nothing more; a body is not looked at.
      case REFUSAL -> Optional.of(new RequestDecisionEndpoint(login, handle, finder, sender, commands, claims, notices,
          body -> Checked.accepted(Optional.empty())));
      default -> Optional.empty();
    };
  }

  private static String name(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static String action(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(slash);
  }

  private static Optional<String> decoded(String segment) {
    try {
      return Optional.of(URLDecoder.decode(segment, StandardCharsets.UTF_8)).filter(code -> !code.isBlank());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
