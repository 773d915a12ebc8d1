package dev.mintlog.edge.command.authorization;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Syntax;
import dev.mintlog.schema.CreateDeviceAuthorization;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** RFC 8628 §3.1: {@code scope}. Secret and candidate user_codes are drawn here and stay with the pending request. */
public final class DeviceAuthorizationCommands {
  /** Of 34 bits each; that all are taken means something else is wrong. */
  static final int USER_CODE_CANDIDATES = 4;

  private final UserCodes userCodes;
  private final SecureRandom random;

  public DeviceAuthorizationCommands(UserCodes userCodes, SecureRandom random) {
    this.userCodes = userCodes;
    this.random = random;
  }

  public Checked<DeviceAuthorizationCommand> read(String tenant, Form form) {
    return form.find("scope").map(Syntax::scope).orElse(Checked.accepted(""))
        .then(scope -> Checked.accepted(command(tenant, form.find("scope").orElse(null))));
  }

  private DeviceAuthorizationCommand command(String tenant, String scope) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(tenant);
    List<String> candidates =
        Stream.generate(() -> userCodes.random(random)).distinct().limit(USER_CODE_CANDIDATES).toList();
    List<String> digests = candidates.stream().map(code -> userCodes.digests(tenant, code).get(0)).toList();
    return new DeviceAuthorizationCommand(id, secret, candidates,
        header -> new CreateDeviceAuthorization(header, id.value(), scope, digests));
  }
}
