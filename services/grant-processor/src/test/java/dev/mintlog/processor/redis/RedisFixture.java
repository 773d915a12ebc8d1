package dev.mintlog.processor.redis;

import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.RealRedis;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The store on a real Redis, restored from a changelog in memory. */
final class RedisFixture implements AutoCloseable {
  final Partitions partitions = new Partitions(4);
  final ListedChangelog changelog = new ListedChangelog(partitions);
  final RedisForms forms;
  final RedisLink link;
  final PartitionRestores restores;
  final RedisAuthorizationStates states;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final RecordCodec codec = new RecordCodec("mock://redis", true);

  RedisFixture(RealRedis redis) throws InterruptedException {
    codec.prepare(WireSchemas.of(Topics.AUTHORIZATIONS), Duration.ofSeconds(5));
    forms = RedisForms.of(codec, SecretRing.of(RootSecret.random(new SecureRandom())));
    link = new RedisLink(redis.uri(), timer);
    link.connect(Duration.ofSeconds(10));
    restores = new PartitionRestores(link, forms, changelog, Clock.systemUTC());
    restores.start();
    states = new RedisAuthorizationStates(link, partitions, forms, restores);
  }

  @Override
  public void close() throws Exception {
    restores.close();
    link.close();
    timer.shutdownNow();
    codec.close();
  }
}
