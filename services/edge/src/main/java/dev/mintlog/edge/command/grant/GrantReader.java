package dev.mintlog.edge.command.grant;

import dev.mintlog.client.GrantType;
import java.util.function.Consumer;

/** Reads the parameters of one grant and checks its proof. {@link FormGrantReader} where both are done at once. */
interface GrantReader {

  GrantType type();

  /**
   * Whether a command that may have been appended must not be sent again: its second presentation would end what the
   * first one gave.
   */
  default boolean isForOneUse() {
    return false;
  }

  /** Whether the client may ask for a part of what was granted in detail, RFC 9396 §6. */
  default boolean narrowsDetails() {
    return false;
  }

  /**
   * Reads a request.
   *
   * @param then called once, on the request's loop; before this method returns where nothing had to be waited for
   */
  void read(GrantRequest request, Consumer<GrantReading> then);
}
