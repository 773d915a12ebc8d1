package dev.mintlog.processor;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.connections.RedisAddress;
import dev.mintlog.processor.changelog.KafkaChangelog;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.redis.PartitionRestores;
import dev.mintlog.processor.redis.RedisAuthorizationStates;
import dev.mintlog.processor.redis.RedisChecks;
import dev.mintlog.processor.redis.RedisForms;
import dev.mintlog.processor.redis.RedisLink;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.runtime.lifecycle.StartException;
import java.time.Clock;

/** Redis, where authorizations rest, and the changelog that it is restored from. */
record ProcessorStore(RedisLink link, RedisForms forms, PartitionRestores restores, RedisAuthorizationStates states,
    ClockFit clock) {

  static ProcessorStore open(RedisAddress redis, ProcessorLog log, StartConditions start, OpenedParts opened)
      throws InterruptedException {
    RedisLink link = opened.add("redis", link(redis, start));
    connect(link, start);
    StartConditions.requireNone("redis.uri: Redis at " + link.address() + ": ", RedisChecks.problems(link));

    RedisForms forms = RedisForms.of(log.codec(), log.channelSecrets());
    PartitionRestores restores = opened.add("restores", new PartitionRestores(link, forms,
        new KafkaChangelog(() -> Consumers.toTheEnd(log.kafka()), log.changelog()), Clock.systemUTC()));
    return new ProcessorStore(link, forms, restores,
        new RedisAuthorizationStates(link, log.partitions(), forms, restores),
        new ClockFit("this machine's clock", "Redis's", Clock.systemUTC()));
  }

  private static RedisLink link(RedisAddress address, StartConditions start) {
    return address.password()
        .map(password -> new RedisLink(address.uri(), address.username(), password.reveal(), start.timer()))
        .orElseGet(() -> new RedisLink(address.uri(), start.timer()));
  }

  private static void connect(RedisLink link, StartConditions start) throws InterruptedException {
    try {
      link.connect(start.waitMax());
    } catch (InfrastructureException e) {
      throw new StartException("redis.uri: expected Redis at " + link.address() + " within "
          + start.waitMax().toSeconds() + " s, but found: " + e.getMessage(), e);
    }
  }
}
