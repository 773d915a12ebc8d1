package dev.mintlog.processor;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.processor.changelog.ChangelogRecords;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** The log as a processor needs it: how it is reached, what its records are made with, and the registry read there. */
record ProcessorLog(KafkaSettings kafka, SecretRing channelSecrets, SecretRing keyEncryptionKeys, RecordCodec codec,
    RegistryView registry, Admin admin, Partitions partitions, LogRecords records, ChangelogStates changelogStates,
    ChangelogRecords changelog) {

  static ProcessorLog open(
      Settings settings, Supplier<RecordCodec> codecs, StartConditions start, OpenedParts opened) {
    KafkaSettings kafka = Connections.kafka(settings, "processor");
    SecretRing channelSecrets = Connections.channelSecrets(settings);
    SecretRing keyEncryptionKeys = Connections.keyEncryptionKeys(settings);

    RecordCodec codec = opened.add("schemas", codecs.get());
    start.waiting("the schema registry at " + settings.get(ConnectionKeys.SCHEMA_REGISTRY_URL), () -> {
      codec.prepare(WireSchemas.byTopic(), start.waitMax());
      return null;
    });
    RegistryView registry = opened.add("registry", start.waiting(
        "Kafka at " + kafka.bootstrapServers() + " and a registry revision there",
        () -> RegistryView.open(kafka, codec, settings.get(ConnectionKeys.REGISTRY_PUBLIC_KEY), start.waitMax())));
    Admin admin = opened.add("admin", Admins.open(kafka));
    StartConditions.requireNone("", LogLayout.problems(admin, kafka, registry.current().partitions()));

    LogRecords records = new LogRecords(codec, new RecordMac(channelSecrets));
    ChangelogStates changelogStates = new ChangelogStates(codec,
        new Sealer(keyEncryptionKeys, Direction.CHANGELOG), new Opener(keyEncryptionKeys, Direction.CHANGELOG));
    return new ProcessorLog(kafka, channelSecrets, keyEncryptionKeys, codec, registry, admin,
        new Partitions(registry.current().partitions()), records, changelogStates,
        new ChangelogRecords(records, changelogStates));
  }
}
