package dev.mintlog.processor.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.CreateDeviceAuthorization;
import dev.mintlog.schema.PollDevice;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RefuseDeviceAuthorization;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.RevokeAuthorization;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Commands as they travel to commands as they are decided: the only place here that knows both. Thread-safe. */
public final class TokenCommandMapper {
  private final String topicId;
  private final Partitions partitions;
  private final Opener opener;

  /**
   * A mapper for one topic.
   *
   * @param topicId id of token-commands: positions are told apart by it
   * @param opener of direction COMMAND
   */
  public TokenCommandMapper(String topicId, Partitions partitions, Opener opener) {
    this.topicId = topicId;
    this.partitions = partitions;
    this.opener = opener;
  }

  /** A command, and the way back to who asked. */
  public record Addressed(Command command, String key, int replyPartition) {}

  /** An authentic record that is no command nevertheless. */
  public static final class NoCommandException extends Exception {
    private static final long serialVersionUID = 1L;

    NoCommandException(String why) {
      super(why);
    }
  }

  /**
   * The command of an authentic record.
   *
   * @throws NoCommandException where it breaks the form of commands; the message repeats nothing of its content
   */
  public Addressed map(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) throws NoCommandException {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    // A copy of an authentic record in another partition would be decided on beside the commands it belongs among.
    if (partitions.of(key) != record.partition()) {
      throw new NoCommandException("expected a key that belongs to this partition");
    }
    try {
      Addressed addressed = map(record, value, key);
      Optional<AuthorizationId> id = addressed.command().authorization();
      // A record for a partition that is not there would be waited for, by the thread that all others wait for.
      if (addressed.replyPartition() < 0 || addressed.replyPartition() >= partitions.count()) {
        throw new NoCommandException("expected a reply partition that exists");
      }
      if (id.isPresent() && !id.get().key().equals(key)) {
        throw new NoCommandException("expected the key of the authorization that the command is on");
      }
      return addressed;
    } catch (IllegalArgumentException e) {
      throw new NoCommandException("expected fields in their forms: " + e.getMessage());
    }
  }

  private Addressed map(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, String key)
      throws NoCommandException {
    if (value instanceof RequestClientCredentials wire) {
      return tokenRequest(record, wire.getHeader(), key, new Grant.ClientCredentials(), wire.getScope());
    }
    if (value instanceof RedeemCode wire) {
      Grant grant = new Grant.AuthorizationCode(id(wire.getHeader(), wire.getAuthorizationId()),
          Optional.ofNullable(wire.getRedirectUri()),
          Optional.ofNullable(wire.getVerifierDigest()).map(CodeChallenge::new));
      return tokenRequest(record, wire.getHeader(), key, grant, wire.getScope());
    }
    if (value instanceof RefreshToken wire) {
      Grant grant = new Grant.RefreshToken(id(wire.getHeader(), wire.getAuthorizationId()), wire.getGeneration());
      return tokenRequest(record, wire.getHeader(), key, grant, wire.getScope());
    }
    if (value instanceof PollDevice wire) {
      Grant grant = new Grant.DeviceCode(id(wire.getHeader(), wire.getAuthorizationId()));
      return tokenRequest(record, wire.getHeader(), key, grant, wire.getScope());
    }
    if (value instanceof CreateAuthorization wire) {
      return addressed(createAuthorization(record, wire), key, wire.getHeader());
    }
    if (value instanceof CreateDeviceAuthorization wire) {
      return addressed(new Command.CreateDeviceAuthorization(delivery(record, wire.getHeader()),
          id(wire.getHeader(), wire.getAuthorizationId()), wire.getHeader().getClientId(), scopes(wire.getScope()),
          wire.getUserCodeDigests()), key, wire.getHeader());
    }
    if (value instanceof ApproveDeviceAuthorization wire) {
      return addressed(approveDevice(record, wire), key, wire.getHeader());
    }
    if (value instanceof RefuseDeviceAuthorization wire) {
      return addressed(new Command.RefuseDeviceAuthorization(delivery(record, wire.getHeader()),
          id(wire.getHeader(), wire.getAuthorizationId()), wire.getHeader().getClientId()), key, wire.getHeader());
    }
    if (value instanceof RevokeAuthorization wire) {
      return addressed(new Command.RevokeAuthorization(delivery(record, wire.getHeader()),
          id(wire.getHeader(), wire.getAuthorizationId()), wire.getHeader().getClientId()), key, wire.getHeader());
    }
    throw new NoCommandException("expected a kind of command known here, but found "
        + value.getSchema().getFullName());
  }

  private Addressed tokenRequest(ConsumerRecord<byte[], byte[]> record, CommandHeader header, String key, Grant grant,
      String scope) {
    return addressed(new Command.TokenRequest(delivery(record, header), header.getTenant(), header.getClientId(),
        grant, scopes(scope), header.getResources()), key, header);
  }

  private Command createAuthorization(ConsumerRecord<byte[], byte[]> record, CreateAuthorization wire)
      throws NoCommandException {
    Delivery delivery = delivery(record, wire.getHeader());
    AuthorizationId id = id(wire.getHeader(), wire.getAuthorizationId());
    Consent consent = new Consent(wire.getHeader().getClientId(), wire.getSubject(),
        scopes(wire.getScope()).orElse(Scopes.NONE), Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()), Optional.ofNullable(wire.getNonce()),
        claims(id, delivery.commandId(), wire.getSealedClaims()), wire.getHeader().getResources());
    return new Command.CreateAuthorization(delivery, id, consent, Optional.ofNullable(wire.getRedirectUri()),
        Optional.ofNullable(wire.getCodeChallenge()).map(CodeChallenge::new));
  }

  private Command approveDevice(ConsumerRecord<byte[], byte[]> record, ApproveDeviceAuthorization wire)
      throws NoCommandException {
    Delivery delivery = delivery(record, wire.getHeader());
    AuthorizationId id = id(wire.getHeader(), wire.getAuthorizationId());
    return new Command.ApproveDeviceAuthorization(delivery, id, wire.getHeader().getClientId(), wire.getSubject(),
        scopes(wire.getScope()), Optional.ofNullable(wire.getAuthTime()), Optional.ofNullable(wire.getAcr()),
        List.copyOf(wire.getAmr()), claims(id, delivery.commandId(), wire.getSealedClaims()));
  }

  private Optional<FurtherClaims> claims(AuthorizationId id, CommandId commandId, ByteBuffer sealed)
      throws NoCommandException {
    if (sealed == null) {
      return Optional.empty();
    }
    Optional<FurtherClaims> claims = SealedClaims.open(opener, id, commandId, sealed);
    if (claims.isEmpty()) {
      throw new NoCommandException("expected claims sealed for this command under a secret accepted here");
    }
    return claims;
  }

  private Delivery delivery(ConsumerRecord<byte[], byte[]> record, CommandHeader header) {
    return new Delivery(new CommandId(header.getCommandId()),
        new LogPosition(topicId, record.partition(), record.offset()), header.getRequestedAt(),
        Instant.ofEpochMilli(record.timestamp()), header.getDeadline(), header.getRevision());
  }

  private static Addressed addressed(Command command, String key, CommandHeader header) {
    return new Addressed(command, key, header.getReplyPartition());
  }

  private static AuthorizationId id(CommandHeader header, String value) {
    return new AuthorizationId(header.getTenant(), value);
  }

  private static Optional<Scopes> scopes(String text) {
    return Optional.ofNullable(text).map(Scopes::parse);
  }
}
