package dev.mintlog.channel.state;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.Bytes;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.schema.AuthorizationChange;
import dev.mintlog.schema.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An authorization as an entry of the changelog; sealed for topic, record key and version. Thread-safe. */
public final class ChangelogStates {
  private final SealedStates states;
  private final Sealer sealer;
  private final Opener opener;

  /** @param sealer and opener of direction CHANGELOG, under the key-encryption key */
  public ChangelogStates(RecordCodec codec, Sealer sealer, Opener opener) {
    this.states = new SealedStates(codec);
    this.sealer = sealer;
    this.opener = opener;
  }

  public AuthorizationChange change(Authorization authorization) {
    byte[] sealed = sealer.seal(
        states.encode(authorization), associated(authorization.id(), authorization.version()));
    return AuthorizationChange.newBuilder()
        .setVersion(authorization.version())
        .setCommandId(authorization.applied().commandId().value())
        .setKeptUntil(authorization.keptUntil())
        .setSealedState(ByteBuffer.wrap(sealed))
        .build();
  }

  /**
   * @param id from the record's key
   * @param change of an authenticated record
   * @return empty where the state was not sealed for this key and version by a holder of the key-encryption key
   * @throws IllegalStateException where it was, and this version cannot read it; or where it may have been, under a key that
   *     is not accepted here: to pass it over would be to forget what it says, a revocation perhaps
   */
  public Optional<Authorization> open(AuthorizationId id, AuthorizationChange change) {
    byte[] sealed = Bytes.of(change.getSealedState());
    opener.unknownKeyId(sealed).ifPresent(keyId -> {
      throw new IllegalStateException("key-encryption.accepted-keys: expected the key of key id "
          + Integer.toHexString(keyId) + ", under which the state of " + id + " is sealed in the topic "
          + Topics.AUTHORIZATIONS + ", but it is not accepted here");
    });
    return opener.open(sealed, associated(id, change.getVersion())).map(plain -> states.decode(id, plain));
  }

  private static String[] associated(AuthorizationId id, long version) {
    return new String[] {Topics.AUTHORIZATIONS, id.key(), Long.toString(version)};
  }
}
