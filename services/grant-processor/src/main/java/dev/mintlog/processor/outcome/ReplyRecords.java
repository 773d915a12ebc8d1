package dev.mintlog.processor.outcome;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.SealedTokens;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.schema.IssuedTokens;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.token.Issued;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers as they travel, tokens sealed for the edges. Thread-safe. */
final class ReplyRecords {
  private final RecordCodec codec;
  private final Sealer sealer;

  /** @param sealer of direction REPLY */
  ReplyRecords(RecordCodec codec, Sealer sealer) {
    this.codec = codec;
    this.sealer = sealer;
  }

  /** @param issued the tokens of a granted answer */
  TokenReply of(CommandId commandId, Answer answer, Optional<Issued> issued) {
    TokenReply reply = new TokenReply();
    reply.setCommandId(commandId.value());
    return answer.match(
        granted -> granted(reply, commandId, granted.terms(), issued.orElseThrow()),
        denied -> {
          reply.setOutcome("denied");
          reply.setError(denied.error().code());
          reply.setErrorDescription(denied.description());
          return reply;
        },
        pending -> {
          reply.setOutcome("pending");
          reply.setError(pending.error().code());
          reply.setIntervalSeconds(seconds(pending.interval()));
          return reply;
        },
        code -> {
          reply.setOutcome("code-created");
          reply.setExpiresInSeconds(seconds(code.expiresIn()));
          return reply;
        },
        request -> {
          reply.setOutcome(request.userCodeChosen().isPresent() ? "device-created" : "backchannel-created");
          request.userCodeChosen().ifPresent(reply::setUserCodeChosen);
          reply.setExpiresInSeconds(seconds(request.expiresIn()));
          reply.setIntervalSeconds(seconds(request.interval()));
          return reply;
        },
        signed -> {
          throw new IllegalArgumentException("expected the signed response beside its terms");
        },
        done -> {
          reply.setOutcome("done");
          return reply;
        });
  }

  /** @param signed the response, signed */
  TokenReply ofResponse(CommandId commandId, String signed) {
    TokenReply reply = new TokenReply();
    reply.setCommandId(commandId.value());
    reply.setOutcome("signed");
    reply.setSealedTokens(SealedTokens.seal(codec, sealer, commandId, new IssuedTokens(signed, null, null, null)));
    return reply;
  }

  private TokenReply granted(TokenReply reply, CommandId commandId, GrantTerms terms, Issued issued) {
    reply.setOutcome("granted");
    reply.setSealedTokens(SealedTokens.seal(codec, sealer, commandId,
        new IssuedTokens(issued.accessToken().orElse(""), issued.idToken().orElse(null), details(terms),
            terms.directory().map(directory -> terms.subject()).orElse(null))));
    reply.setExpiresInSeconds(seconds(terms.accessTokenLifetime()));
    reply.setScope(terms.scopes().text());
    reply.setRefreshGeneration(terms.refresh().orElse(null));
    reply.setAccessTokenNumber(terms.reference().orElse(null));
    return reply;
  }

  // RFC 9396 §7
  private static String details(GrantTerms terms) {
    return terms.details().isEmpty() ? null
        : terms.details().stream().map(AuthorizationDetail::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }
}
