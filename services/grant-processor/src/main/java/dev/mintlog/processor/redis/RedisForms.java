package dev.mintlog.processor.redis;

import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.SpentProofs;
import dev.mintlog.channel.state.UserCodePointers;

/** How everything rests in Redis: sealed, each under its own key's name. */
public record RedisForms(RedisStates states, UserCodePointers pointers, SpentProofs proofs, Markers markers) {

  /** @param channel the channel secret */
  public static RedisForms of(RecordCodec codec, SecretRing channel) {
    Sealer sealer = new Sealer(channel, Direction.REDIS);
    Opener opener = new Opener(channel, Direction.REDIS);
    return new RedisForms(new RedisStates(codec, sealer, opener), new UserCodePointers(sealer, opener),
        new SpentProofs(sealer, opener), new Markers(sealer, opener));
  }
}
