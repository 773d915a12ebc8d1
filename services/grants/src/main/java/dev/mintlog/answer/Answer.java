package dev.mintlog.answer;

import java.time.Duration;
import java.util.function.Function;

/** What a command is answered. Sealed and few; the edge turns each into HTTP. */
public sealed interface Answer {

  <T> T match(
      Function<Granted, T> granted,
      Function<Denied, T> denied,
      Function<Pending, T> pending,
      Function<CodeCreated, T> codeCreated,
      Function<DeviceCreated, T> deviceCreated,
      Function<Done, T> done);

  /** Tokens leave on these terms. */
  record Granted(GrantTerms terms) implements Answer {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return granted.apply(this);
    }
  }

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

    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return denied.apply(this);
    }
  }

  /**
   * Not yet, RFC 8628 §3.5. An answer, not an audit event.
   *
   * @param error authorization_pending or slow_down
   * @param interval what the device has to wait before the next poll
   */
  record Pending(TokenError error, Duration interval) implements Answer {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return pending.apply(this);
    }
  }

  /** An authorization was created; the edge hands out its code. */
  record CodeCreated(Duration expiresIn) implements Answer {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return codeCreated.apply(this);
    }
  }

  /**
   * A device authorization was created, RFC 8628 §3.2.
   *
   * @param userCodeChosen which of the command's candidate user_codes was free, counted from 0
   */
  record DeviceCreated(int userCodeChosen, Duration expiresIn, Duration interval) implements Answer {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return deviceCreated.apply(this);
    }
  }

  /** What was asked for is so now, or was so already. */
  record Done() implements Answer {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<Denied, T> denied, Function<Pending, T> pending,
        Function<CodeCreated, T> codeCreated, Function<DeviceCreated, T> deviceCreated, Function<Done, T> done) {
      return done.apply(this);
    }
  }
}
