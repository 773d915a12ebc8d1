package dev.mintlog.edge.reply;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The answer to one command, opened and checked. */
public sealed interface Reply {

  /** Calls the consumer of the variant at hand; a new variant becomes a parameter here and breaks every call. */
  default void match(
      Consumer<Granted> granted,
      Consumer<Denied> denied,
      Consumer<CodeCreated> codeCreated,
      Consumer<RequestCreated> requestCreated,
      Consumer<Signed> signed,
      Consumer<Done> done) {
    if (this instanceof Granted reply) {
      granted.accept(reply);
    } else if (this instanceof Denied reply) {
      denied.accept(reply);
    } else if (this instanceof CodeCreated reply) {
      codeCreated.accept(reply);
    } else if (this instanceof RequestCreated reply) {
      requestCreated.accept(reply);
    } else if (this instanceof Signed reply) {
      signed.accept(reply);
    } else {
      done.accept((Done) this);
    }
  }

  /**
   * Tokens, RFC 6749 §5.1. They do not print.
   *
   * @param expiresInSeconds lifetime of the access token
   * @param accessToken empty where it is a handle
   * @param refreshGeneration generation of the refresh handle to write, where one goes with the tokens
   * @param accessTokenNumber number of the access token to write, where it is a handle
   * @param authorizationDetails those of the access token, RFC 9396 §7: the text of a JSON array
   * @param subject {@code sub} of the tokens, where their command asked for a style
   */
  record Granted(
      String accessToken, Optional<String> idToken, int expiresInSeconds, String scope, OptionalInt refreshGeneration,
      OptionalInt accessTokenNumber, Optional<String> authorizationDetails, Optional<String> subject)
      implements Reply {
    /** Tokens of which the access token is a JWT. */
    public Granted(String accessToken, Optional<String> idToken, int expiresInSeconds, String scope,
        OptionalInt refreshGeneration) {
      this(accessToken, idToken, expiresInSeconds, scope, refreshGeneration, OptionalInt.empty(), Optional.empty(),
          Optional.empty());
    }

    @Override
    public String toString() {
      return "Granted[" + scope + "]";
    }
  }

  /**
   * No tokens, for good or (RFC 8628 §3.5) for now.
   *
   * @param error the {@code error} code
   */
  record Denied(String error, String description) implements Reply {  }

  /** An authorization was born; its code may be handed out. */
  record CodeCreated(int expiresInSeconds) implements Reply {  }

  /**
   * A request that is polled for was born.
   *
   * @param userCodeChosen which candidate user_code was free, counted from 0; empty where it has none
   */
  record RequestCreated(OptionalInt userCodeChosen, int expiresInSeconds, int intervalSeconds) implements Reply {  }

  /** A response that is no token, signed: a compact JWS. It does not print. */
  record Signed(String response) implements Reply {
    @Override
    public String toString() {
      return "Signed";
    }
  }

  /** What was asked for is so. */
  record Done() implements Reply {  }
}
