package dev.mintlog.edge.command.grant;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.schema.RequestClientCredentials;

/** RFC 6749 §4.4.2: {@code scope}. */
final class ClientCredentialsReader implements FormGrantReader {

  @Override
  public GrantType type() {
    return GrantType.CLIENT_CREDENTIALS;
  }

  @Override
  public Checked<GrantCommand> read(String tenant, Form form) {
    String scope = form.find("scope").orElse(null);
    return Checked.accepted(GrantCommand.withoutState(header -> new RequestClientCredentials(header, scope)));
  }
}
