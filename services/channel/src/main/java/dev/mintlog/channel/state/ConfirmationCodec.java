package dev.mintlog.channel.state;

import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Confirmation.Method;
import java.util.Optional;

/** The core's Confirmation and the record it travels and rests as. */
public final class ConfirmationCodec {
  private ConfirmationCodec() {}

  /** Null where there is none. */
  public static dev.mintlog.schema.Confirmation toWire(Optional<Confirmation> confirmation) {
    return confirmation.map(key -> new dev.mintlog.schema.Confirmation(key.method().member(), key.thumbprint()))
        .orElse(null);
  }

  /**
   * Danger: what cannot be read must not become a bearer token; it is refused.
   *
   * @param wire null where there is none
   * @throws IllegalArgumentException where the method or the form of the thumbprint is not known to this version
   */
  public static Optional<Confirmation> ofWire(dev.mintlog.schema.Confirmation wire) {
    return Optional.ofNullable(wire).map(found -> new Confirmation(
        Method.ofMember(found.getMethod()).orElseThrow(() -> new IllegalArgumentException(
            "expected a method of confirmation known to this version, but found '" + found.getMethod() + "'")),
        found.getThumbprint()));
  }
}
