package dev.mintlog.cli;

import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.standalone.LocalParts;
import dev.mintlog.standalone.Progress;
import dev.mintlog.standalone.Services;
import dev.mintlog.standalone.UpOptions;
import java.util.List;
import java.util.function.Consumer;

/** No services: the local parts by themselves, for work on the services from elsewhere. */
final class PartsAlone implements Services {
  @Override
  public List<Part> parts(UpOptions options, LocalParts local, Progress progress, Consumer<String> end) {
    return List.of();
  }

  @Override
  public List<String> welcome(UpOptions options, LocalParts local) {
    return List.of(
        "kafka.bootstrap-servers  " + local.broker().bootstrapServers(),
        "redis.uri                " + local.redis().uri(),
        "schema-registry.url      " + local.schemaRegistry().uri());
  }
}
