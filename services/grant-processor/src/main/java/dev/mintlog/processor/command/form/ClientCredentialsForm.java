package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestClientCredentials;

/** RFC 6749 §4.4. */
final class ClientCredentialsForm implements CommandForm<RequestClientCredentials> {

  @Override
  public Class<RequestClientCredentials> record() {
    return RequestClientCredentials.class;
  }

  @Override
  public CommandHeader header(RequestClientCredentials wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RequestClientCredentials wire, ReceivedCommand received) {
    return received.tokenRequest(new Grant.ClientCredentials(), wire.getScope());
  }
}
