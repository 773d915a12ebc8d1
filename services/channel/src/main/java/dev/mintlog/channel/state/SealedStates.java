package dev.mintlog.channel.state;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.UndecodableRecordException;
import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.Topics;

/** What is inside a sealed state, in Redis and in the changelog alike. */
final class SealedStates {
  private final RecordCodec codec;

  SealedStates(RecordCodec codec) {
    this.codec = codec;
  }

  byte[] encode(Authorization authorization) {
    return codec.encode(Topics.AUTHORIZATIONS, AuthorizationCodec.toWire(authorization));
  }

  // The seal opened, so one of ours wrote it: what cannot be read now is newer than this version, or a bug.
  Authorization decode(AuthorizationId id, byte[] plain) {
    Authorization authorization;
    try {
      authorization = AuthorizationCodec.ofWire((AuthorizationState) codec.decode(Topics.AUTHORIZATIONS, plain));
    } catch (UndecodableRecordException | IllegalArgumentException | ClassCastException e) {
      throw new IllegalStateException("expected the state of " + id + " in a form that this version reads", e);
    }
    if (!authorization.id().equals(id)) {
      throw new IllegalStateException("expected the state of " + id + ", but found that of " + authorization.id());
    }
    return authorization;
  }
}
