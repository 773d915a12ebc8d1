package dev.mintlog.edge.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.state.ConfirmationCodec;
import dev.mintlog.edge.reply.ClientKey;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.reply.ReplyListener;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.SpentProof;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands: draws the id, registers who waits, appends. In that order: a reply may be faster than this method.
 */
public final class TokenCommandSender {
  private static final Logger LOG = LoggerFactory.getLogger(TokenCommandSender.class);
  private static final int ID_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final CommandLog log;
  private final PendingReplies pending;
  private final Duration timeToAnswer;
  private final SecureRandom random;
  private final SharedKeys keys = new SharedKeys(System::nanoTime);

  /**
   * @param timeToAnswer what a command has from its request to its deadline; shorter than the wait for its reply by the
   *     time an answer takes
   */
  public TokenCommandSender(CommandLog log, PendingReplies pending, Duration timeToAnswer, SecureRandom random) {
    this.log = log;
    this.pending = pending;
    this.timeToAnswer = timeToAnswer;
    this.random = random;
  }

  /**
   * Sends a command.
   *
   * @param authorization what the command is on; empty for a grant without state
   * @param loop the event loop that calls this, and that the listener is called on
   * @param listener called exactly once; before this method returns where nothing could be sent
   * @return the command's id
   */
  public String send(Origin origin, Optional<AuthorizationId> authorization, CommandBody body, Executor loop,
      ReplyListener listener) {
    String commandId = commandId();
    if (!pending.register(commandId, new ClientKey(origin.tenant(), origin.clientId()), loop, listener)) {
      listener.unanswered(Unanswered.FULL);
      return commandId;
    }
    String key = authorization.map(AuthorizationId::key).orElseGet(() -> keys.keyOf(commandId));
    try {
      log.append(key, body.under(header(commandId, origin)), why -> pending.giveUp(commandId, why));
    } catch (RuntimeException e) {
      LOG.error("command {} could not be made", commandId, e);
      pending.giveUp(commandId, Unanswered.NOT_APPENDED);
    }
    return commandId;
  }

  private CommandHeader header(String commandId, Origin origin) {
    return new CommandHeader(commandId, origin.tenant(), origin.clientId(), origin.requestedAt(),
        origin.requestedAt().plus(timeToAnswer), origin.revision(), log.replyPartition(), List.of(),
        origin.proofs().stream().map(TokenCommandSender::spent).toList(),
        ConfirmationCodec.toWire(origin.confirmation()), null, "", origin.clientAssertionIssuer().orElse(null));
  }

  private static SpentProof spent(ProofClaim claim) {
    return new SpentProof(claim.kind().wireName(), claim.digest(), claim.issuedAt(), claim.keepUntil());
  }

  // Never from a client's header: who chooses the id chooses whose answer is repeated.
  private String commandId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return BASE64URL.encodeToString(id);
  }
}
