package dev.mintlog.standalone.demo;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.apply.ApplyOptions;
import dev.mintlog.registry.apply.RegistryApply;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.standalone.Progress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** Topics, schemas and the registry's content: everything the services expect to find. Done again at every start. */
public final class LogSetup implements Part {
  /** As many processors can share the work; more would only cost a demo on one machine. */
  public static final int PARTITIONS = 6;
  private static final Duration SCHEMAS_MAX = Duration.ofSeconds(30);

  private final Supplier<KafkaSettings> kafka;
  private final Supplier<String> schemaRegistryUrl;
  private final SecretRing keyEncryptionKeys;
  private final Supplier<RegistryDocument> document;
  private final String publicUrl;
  private final Progress progress;

  /** @param kafka asked when the part starts; the parts before this one know by then */
  public LogSetup(Supplier<KafkaSettings> kafka, Supplier<String> schemaRegistryUrl, SecretRing keyEncryptionKeys,
      Supplier<RegistryDocument> document, String publicUrl, Progress progress) {
    this.kafka = kafka;
    this.schemaRegistryUrl = schemaRegistryUrl;
    this.keyEncryptionKeys = keyEncryptionKeys;
    this.document = document;
    this.publicUrl = publicUrl;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "topics, schemas, registry";
  }

  @Override
  public void start() {
    long from = System.nanoTime();
    try (RecordCodec codec = new RecordCodec(schemaRegistryUrl.get(), true)) {
      try (Admin admin = Admins.open(kafka.get())) {
        LogLayout.create(admin, kafka.get(), PARTITIONS);
      }
      codec.prepare(WireSchemas.byTopic(), SCHEMAS_MAX);
      AppliedRevision applied = new RegistryApply(kafka.get(), codec, keyEncryptionKeys, Clock.systemUTC(),
          new SecureRandom()).apply(document.get(), ApplyOptions.of(Optional.of(publicUrl), PARTITIONS));
      progress.done(name(), "revision " + applied.revision(), Duration.ofNanos(System.nanoTime() - from));
    } catch (ChannelStartException | RegistryException e) {
      throw new StartException(e.getMessage(), e);
    } catch (IOException e) {
      throw new StartException("schema-registry.url: expected to close " + schemaRegistryUrl.get() + ", but found: " + e,
          e);
    }
  }

  @Override
  public void stop(Duration drainMax) {
    // What it made stays.
  }
}
