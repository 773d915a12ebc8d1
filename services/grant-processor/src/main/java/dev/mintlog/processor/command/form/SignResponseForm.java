package dev.mintlog.processor.command.form;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.SignResponse;
import java.util.Optional;

/** RFC 9701 §5, OpenID Connect Core §5.3.2. */
final class SignResponseForm implements CommandForm<SignResponse> {

  @Override
  public Class<SignResponse> record() {
    return SignResponse.class;
  }

  @Override
  public CommandHeader header(SignResponse wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(SignResponse wire, ReceivedCommand received) throws NoCommandException {
    ResponseKind kind = ResponseKind.ofWireName(wire.getKind())
        .orElseThrow(() -> new IllegalArgumentException("expected a kind of response that is known here"));
    return new Command.SignResponse(received.delivery(), received.tenant(), received.clientId(), kind,
        Optional.ofNullable(wire.getSubject()), received.content(wire.getSealedContent()));
  }
}
