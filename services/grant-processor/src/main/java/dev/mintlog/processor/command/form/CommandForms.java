package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.LogPosition;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Which form reads which record. A new command is one file and one line here. Thread-safe. */
public final class CommandForms {
  private static final List<CommandForm<?>> FORMS = List.of(
      new ApproveBackchannelAuthenticationForm(),
      new ApproveDeviceAuthorizationForm(),
      new ClientCredentialsForm(),
      new CreateAuthorizationForm(),
      new CreateBackchannelAuthenticationForm(),
      new CreateDeviceAuthorizationForm(),
      new PollBackchannelAuthenticationForm(),
      new PollDeviceForm(),
      new RedeemCodeForm(),
      new RefreshTokenForm(),
      new RefuseBackchannelAuthenticationForm(),
      new RefuseDeviceAuthorizationForm(),
      new RequestExtensionTokenForm(),
      new RequestOnBehalfOfForm(),
      new ExchangeTokenForm(),
      new RequestPasswordTokenForm(),
      new RevokeAuthorizationForm(),
      new RevokeBeforeForm(),
      new SignResponseForm(),
      new SpendProofsForm());

  private static final Map<Class<?>, CommandForm<?>> BY_RECORD =
      FORMS.stream().collect(Collectors.toUnmodifiableMap(CommandForm::record, Function.identity()));

  private final Opener opener;

  /** @param opener of direction COMMAND */
  public CommandForms(Opener opener) {
    this.opener = opener;
  }

  /** What was read, and where its reply is to go. */
  public record Read(Command command, int replyPartition) {}

  /**
   * The command that a record holds.
   *
   * @throws NoCommandException where its kind is not known here, or a sealed part does not open
   * @throws IllegalArgumentException where a field breaks its form
   */
  public Read read(SpecificRecord value, LogPosition position, Instant appendedAt) throws NoCommandException {
    CommandForm<?> form = BY_RECORD.get(value.getClass());
    if (form == null) {
      throw new NoCommandException(
          "expected a kind of command known here, but found " + value.getSchema().getFullName());
    }
    return readWith(form, value, position, appendedAt);
  }

  private <R extends SpecificRecord> Read readWith(CommandForm<R> form, SpecificRecord value, LogPosition position,
      Instant appendedAt) throws NoCommandException {
    R wire = form.record().cast(value);
    CommandHeader header = form.header(wire);
    Command command = form.read(wire, new ReceivedCommand(header, position, appendedAt, opener));
    return new Read(command, header.getReplyPartition());
  }
}
