package dev.mintlog.edge.command;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;

/** Reads the parameters of one grant. */
interface GrantReader {

  GrantType type();

  /**
   * Whether a command that may have been appended must not be sent again: its second presentation would end what the
   * first one gave.
   */
  default boolean isForOneUse() {
    return false;
  }

  Checked<GrantCommand> read(String tenant, Form form);
}
