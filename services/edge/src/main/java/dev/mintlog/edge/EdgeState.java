package dev.mintlog.edge;

import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.edge.state.DeviceAuthorizations;
import dev.mintlog.edge.state.RedisStateReader;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.runtime.lifecycle.OpenedParts;

/** What an edge reads of the state of authorizations. */
record EdgeState(
    RedisStateReader redis, StoredAuthorizations authorizations, DeviceAuthorizations deviceAuthorizations) {

  static EdgeState open(EdgeConfig config, OpenedParts opened, EdgeLog log) {
    RedisStateReader redis = opened.add("redis", RedisStateReader.connect(config.redis()));
    Sealer sealer = new Sealer(config.channel(), Direction.REDIS);
    Opener opener = new Opener(config.channel(), Direction.REDIS);
    StoredAuthorizations authorizations = new StoredAuthorizations(
        redis, new RedisStates(log.codec(), sealer, opener), new Markers(sealer, opener), log.partitions());
    return new EdgeState(redis, authorizations, new DeviceAuthorizations(
        redis, new UserCodes(config.channel()), new UserCodePointers(sealer, opener), authorizations));
  }
}
