package dev.mintlog.answer;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;

/** What a command is answered. Sealed and few; the edge turns each into HTTP. */
public sealed interface Answer {

  /** Calls the function of the variant at hand; a new variant becomes a parameter here and breaks every call. */
  default <T> T match(
      Function<Granted, T> granted,
      Function<Denied, T> denied,
      Function<Pending, T> pending,
      Function<CodeCreated, T> codeCreated,
      Function<RequestCreated, T> requestCreated,
      Function<Signed, T> signed,
      Function<Done, T> done) {
    if (this instanceof Granted answer) {
      return granted.apply(answer);
    }
    if (this instanceof Denied answer) {
      return denied.apply(answer);
    }
    if (this instanceof Pending answer) {
      return pending.apply(answer);
    }
    if (this instanceof CodeCreated answer) {
      return codeCreated.apply(answer);
    }
    if (this instanceof RequestCreated answer) {
      return requestCreated.apply(answer);
    }
    if (this instanceof Signed answer) {
      return signed.apply(answer);
    }
    return done.apply((Done) this);
  }

  /** Tokens leave on these terms. */
  record Granted(GrantTerms terms) implements Answer {  }

  /**
   * Refused.
   *
   * @param description for the client's developer: what was expected and what was found; no secrets, no other party's
   *     names
   * @param revoked whether the refusal ended the authorization (a burnt code, a reused handle)
   */
  record Denied(TokenError error, String description, boolean revoked) implements Answer {

    public static Denied of(TokenError error, String description) {
      return new Denied(error, description, false);
    }

    public static Denied revoking(TokenError error, String description) {
      return new Denied(error, description, true);
    }
  }

  /**
   * Not yet, RFC 8628 §3.5. An answer, not an audit event.
   *
   * @param error authorization_pending or slow_down
   * @param interval what the client has to wait before the next poll
   */
  record Pending(TokenError error, Duration interval) implements Answer {  }

  /** An authorization was created; the edge hands out its code. */
  record CodeCreated(Duration expiresIn) implements Answer {  }

  /**
   * A request that is polled for was created, RFC 8628 §3.2.
   *
   * @param userCodeChosen which of the command's candidate user_codes was free, counted from 0; empty where it has none
   */
  record RequestCreated(OptionalInt userCodeChosen, Duration expiresIn, Duration interval) implements Answer {  }

  /** A response that is no token is signed on these terms. */
  record Signed(ResponseTerms terms) implements Answer {  }

  /** What was asked for is so now, or was so already. */
  record Done() implements Answer {  }
}
