package dev.mintlog.edge.reply;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.SealedTokens;
import dev.mintlog.channel.log.UndecodableRecordException;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.TokenReply;
import java.util.Optional;
import java.util.OptionalInt;

/** Opens and reads replies from the wire. Confined to the thread that polls. */
final class ReplyReader {
  private final RecordCodec codec;
  private final Opener opener;

  /** @param opener of direction REPLY */
  ReplyReader(RecordCodec codec, Opener opener) {
    this.codec = codec;
    this.opener = opener;
  }

  /** The reply; empty where this version cannot read it. */
  Optional<Reply> read(TokenReply reply) {
    return switch (reply.getOutcome()) {
      case "granted" -> granted(reply);
      case "denied" -> denied(reply, "the request was refused");
      case "pending" -> denied(reply, pendingDescription(reply));
      case "code-created" -> reply.getExpiresInSeconds() == null
          ? Optional.empty() : Optional.of(new Reply.CodeCreated(reply.getExpiresInSeconds()));
      case "device-created" -> reply.getUserCodeChosen() == null
          ? Optional.empty() : requestCreated(reply, OptionalInt.of(reply.getUserCodeChosen()));
      case "backchannel-created" -> requestCreated(reply, OptionalInt.empty());
      case "signed" -> opened(reply).map(tokens -> new Reply.Signed(tokens.getAccessToken()));
      case "done" -> Optional.of(new Reply.Done());
      default -> Optional.empty();
    };
  }

  private Optional<Reply> granted(TokenReply reply) {
    if (reply.getSealedTokens() == null || reply.getExpiresInSeconds() == null || reply.getScope() == null) {
      return Optional.empty();
    }
    return opened(reply).map(tokens -> new Reply.Granted(
        tokens.getAccessToken(), Optional.ofNullable(tokens.getIdToken()), reply.getExpiresInSeconds(), reply.getScope(),
        number(reply.getRefreshGeneration()), number(reply.getAccessTokenNumber()),
        Optional.ofNullable(tokens.getAuthorizationDetails()), Optional.ofNullable(tokens.getSubject())));
  }

  private static OptionalInt number(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private Optional<IssuedTokens> opened(TokenReply reply) {
    if (reply.getSealedTokens() == null) {
      return Optional.empty();
    }
    try {
      return SealedTokens.open(codec, opener, new CommandId(reply.getCommandId()), reply.getSealedTokens());
    } catch (UndecodableRecordException e) {
      return Optional.empty();
    }
  }

  private static Optional<Reply> denied(TokenReply reply, String otherwise) {
    return Optional.ofNullable(reply.getError()).map(error -> new Reply.Denied(error,
        reply.getErrorDescription() != null ? reply.getErrorDescription() : otherwise));
  }

  private static String pendingDescription(TokenReply reply) {
    String wait = reply.getIntervalSeconds() == null ? "" : " in " + reply.getIntervalSeconds() + " seconds";
    return TokenError.SLOW_DOWN.code().equals(reply.getError())
        ? "expected a longer pause between polls; poll again" + wait
        : "the user has not decided yet; poll again" + wait;
  }

  private static Optional<Reply> requestCreated(TokenReply reply, OptionalInt userCodeChosen) {
    return reply.getExpiresInSeconds() == null || reply.getIntervalSeconds() == null
        ? Optional.empty()
        : Optional.of(
            new Reply.RequestCreated(userCodeChosen, reply.getExpiresInSeconds(), reply.getIntervalSeconds()));
  }
}
