package dev.mintlog.edge.backchannel;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.log.SealedText;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateBackchannelAuthentication;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the command of a request. The secret is drawn here; the handle itself travels only where the client is to be
 * told it again (ping mode), and sealed.
 */
public final class BackchannelCommands {
  private final Sealer sealer;
  private final Handles handles;
  private final SecureRandom random;

  /** @param sealer of direction COMMAND */
  public BackchannelCommands(Sealer sealer, Handles handles, SecureRandom random) {
    this.sealer = sealer;
    this.handles = handles;
    this.random = random;
  }

  /** @param subject the user that the hint meant */
  public BackchannelCommand command(String tenant, String subject, BackchannelParameters asked) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(tenant);
    String authReqId = handles.write(tenant, secret, HandleKind.AUTH_REQ_ID, 0);
    Optional<String> told = asked.notificationToken().map(token -> authReqId);
    return new BackchannelCommand(id, authReqId, header -> new CreateBackchannelAuthentication(header, id.value(),
        subject, asked.scope().text(), sealed(id, header, asked.bindingMessage()), asked.acrValues(),
        asked.requestedExpiry().map(Duration::toSeconds).orElse(null), sealed(id, header, asked.notificationToken()),
        sealed(id, header, told)));
  }

  private ByteBuffer sealed(AuthorizationId id, CommandHeader header, Optional<String> text) {
    return text.map(plain -> SealedText.seal(sealer, id, new CommandId(header.getCommandId()), plain)).orElse(null);
  }
}
