package dev.mintlog.edge.reply;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The answer to one command, opened and checked. */
public sealed interface Reply {

  /** Calls the function of the variant at hand; a new variant breaks every call at compile time. */
  void match(
      Consumer<Granted> granted,
      Consumer<Denied> denied,
      Consumer<CodeCreated> codeCreated,
      Consumer<DeviceCreated> deviceCreated,
      Consumer<Done> done);

  /**
   * Tokens, RFC 6749 §5.1. They do not print.
   *
   * @param expiresInSeconds lifetime of the access token
   * @param refreshGeneration generation of the refresh handle to write, where one goes with the tokens
   */
  record Granted(
      String accessToken, Optional<String> idToken, int expiresInSeconds, String scope, OptionalInt refreshGeneration)
      implements Reply {
    @Override
    public void match(Consumer<Granted> granted, Consumer<Denied> denied, Consumer<CodeCreated> codeCreated,
        Consumer<DeviceCreated> deviceCreated, Consumer<Done> done) {
      granted.accept(this);
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
  record Denied(String error, String description) implements Reply {
    @Override
    public void match(Consumer<Granted> granted, Consumer<Denied> denied, Consumer<CodeCreated> codeCreated,
        Consumer<DeviceCreated> deviceCreated, Consumer<Done> done) {
      denied.accept(this);
    }
  }

  /** An authorization was born; its code may be handed out. */
  record CodeCreated(int expiresInSeconds) implements Reply {
    @Override
    public void match(Consumer<Granted> granted, Consumer<Denied> denied, Consumer<CodeCreated> codeCreated,
        Consumer<DeviceCreated> deviceCreated, Consumer<Done> done) {
      codeCreated.accept(this);
    }
  }

  /**
   * A device authorization was born.
   *
   * @param userCodeChosen which candidate user_code was free, counted from 0
   */
  record DeviceCreated(int userCodeChosen, int expiresInSeconds, int intervalSeconds) implements Reply {
    @Override
    public void match(Consumer<Granted> granted, Consumer<Denied> denied, Consumer<CodeCreated> codeCreated,
        Consumer<DeviceCreated> deviceCreated, Consumer<Done> done) {
      deviceCreated.accept(this);
    }
  }

  /** What was asked for is so. */
  record Done() implements Reply {
    @Override
    public void match(Consumer<Granted> granted, Consumer<Denied> denied, Consumer<CodeCreated> codeCreated,
        Consumer<DeviceCreated> deviceCreated, Consumer<Done> done) {
      done.accept(this);
    }
  }
}
