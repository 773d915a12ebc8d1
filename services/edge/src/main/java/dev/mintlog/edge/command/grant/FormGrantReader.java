package dev.mintlog.edge.command.grant;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.function.Consumer;

/** Reads a grant whose parameters say it all. */
interface FormGrantReader extends GrantReader {

  Checked<GrantCommand> read(String tenant, Form form);

  @Override
  default void read(GrantRequest request, Consumer<GrantReading> then) {
    then.accept(GrantReading.of(request.allowed(type()).then(form -> read(request.tenant(), form))));
  }
}
