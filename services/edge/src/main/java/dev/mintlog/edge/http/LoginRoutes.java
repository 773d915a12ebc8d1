package dev.mintlog.edge.http;

import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.LoginCommands;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.request.Checked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The paths of the login application's API. */
final class LoginRoutes {
  private static final String AUTHORIZATIONS = "/login/authorizations";
  private static final String REVOCATIONS = "/login/revocations";
  private static final String DEVICE_AUTHORIZATIONS = "/login/device-authorizations/";
  private static final String APPROVAL = "/approval";
  private static final String REFUSAL = "/refusal";

  private final PathTable fixed = new PathTable();
  private final LoginExchange login;
  private final UserCodeExchange userCodes;
  private final LoginCommands commands;
  private final TokenCommandSender sender;
  private final UserClaims claims;

  LoginRoutes(NewAuthorizationEndpoint authorizations, BroadRevocationEndpoint revocations, LoginExchange login, UserCodeExchange userCodes,
      LoginCommands commands, TokenCommandSender sender, UserClaims claims) {
    this.claims = claims;
    fixed.add(AUTHORIZATIONS, authorizations).add(REVOCATIONS, revocations);
    this.login = login;
    this.userCodes = userCodes;
    this.commands = commands;
    this.sender = sender;
  }

  Optional<Endpoint> find(String path) {
    return path.startsWith(DEVICE_AUTHORIZATIONS)
        ? device(path.substring(DEVICE_AUTHORIZATIONS.length()))
        : fixed.find(path);
  }

  private Optional<Endpoint> device(String rest) {
    int slash = rest.indexOf('/');
    Optional<String> userCode = decoded(slash < 0 ? rest : rest.substring(0, slash));
    String action = slash < 0 ? "" : rest.substring(slash);
    return userCode.flatMap(code -> switch (action) {
      case "" -> Optional.of(new DeviceAuthorizationStatusEndpoint(login, userCodes, code));
      case APPROVAL -> Optional.of(new DeviceDecisionEndpoint(login, userCodes, sender, code, commands, claims,
          body -> LoginRequests.approval(body).then(approval -> Checked.accepted(Optional.of(approval)))));
      // A refusal says nothing more; a body is not looked at.
      case REFUSAL -> Optional.of(new DeviceDecisionEndpoint(login, userCodes, sender, code, commands, claims,
          body -> Checked.accepted(Optional.empty())));
      default -> Optional.empty();
    });
  }

  private static Optional<String> decoded(String segment) {
    try {
      return Optional.of(URLDecoder.decode(segment, StandardCharsets.UTF_8)).filter(code -> !code.isBlank());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
