package dev.mintlog.channel.state;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An authorization as a value in Redis.
 *
 * <pre>
 * version 8, big endian | AuthorizationState, sealed for its key and version
 * </pre>
 *
 * The version stands in clear so that a script can compare it; altered, the value does not open. Thread-safe.
 */
public final class RedisStates {
  public static final int VERSION_BYTES = Long.BYTES;

  private final SealedStates states;
  private final Sealer sealer;
  private final Opener opener;

  /** @param sealer and opener of direction REDIS; a reader gives a sealer it never uses */
  public RedisStates(RecordCodec codec, Sealer sealer, Opener opener) {
    this.states = new SealedStates(codec);
    this.sealer = sealer;
    this.opener = opener;
  }

  /** The key's bytes. */
  public static byte[] state(AuthorizationId id) {
    return RedisKeys.state(id);
  }

  public byte[] value(Authorization authorization) {
    long version = authorization.version();
    byte[] prefix = version(version);
    return sealer.sealAfter(prefix, states.encode(authorization), associated(authorization.id(), version));
  }

  /**
   * @return empty where the value was not written so by a holder of the channel secret: it counts as lost
   * @throws IllegalStateException where it was, and this version cannot read it
   */
  public Optional<Authorization> open(AuthorizationId id, byte[] value) {
    if (value.length < VERSION_BYTES) {
      return Optional.empty();
    }
    long version = ByteBuffer.wrap(value).getLong();
    return opener.openAfter(VERSION_BYTES, value, associated(id, version)).map(plain -> states.decode(id, plain));
  }

  /** A version as it stands at the head of a value, and as scripts are given it: bytes compare as numbers do. */
  public static byte[] version(long version) {
    return ByteBuffer.allocate(VERSION_BYTES).putLong(version).array();
  }

  private static String[] associated(AuthorizationId id, long version) {
    return new String[] {"mintlog:a", id.key(), Long.toString(version)};
  }
}
