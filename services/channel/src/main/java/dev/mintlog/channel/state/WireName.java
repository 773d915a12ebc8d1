package dev.mintlog.channel.state;

import java.util.Locale;
import java.util.Optional;

/**
 * Constants as they travel: lower case with hyphens, e.g. {@code refresh-token-reused}. Records hold strings, never Avro
 * enums, so that a set can grow; hence a constant that was released is never renamed.
 */
public final class WireName {
  private WireName() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of that name, or empty where this version knows none. */
  public static <E extends Enum<E>> Optional<E> read(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(name)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
