package dev.mintlog.registry.log;

import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.registry.signature.RegistrySigner;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A registry topic in memory, as an operator writes it and as an attacker may. */
final class RegistryLog {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RootSecret operator = RootSecret.random(new SecureRandom());
  private final RegistrySigner signer = RegistryKeys.signer(operator);
  private final Map<EntryKey, String> live = new HashMap<>();
  private final List<SignedRecord> records = new ArrayList<>();
  private final RegistryRecords codec;
  private long revision;

  RegistryLog() {
    RecordCodec schemas = new RecordCodec("mock://registry-log", true);
    schemas.prepare(WireSchemas.of(Topics.REGISTRY), Duration.ofSeconds(5));
    this.codec = new RegistryRecords(RegistryWire.of(schemas), RegistryKeys.verifier(SecretRing.of(operator)));
  }

  static EntryKey client(String id) {
    return new EntryKey("default", EntryKey.CLIENT, id);
  }

  RegistryRecords codec() {
    return codec;
  }

  /** Publishes a revision; a document of null removes. Returns its records, the closing one last. */
  List<SignedRecord> publish(Map<String, String> documentsByClient) {
    return publish(documentsByClient, signer);
  }

  List<SignedRecord> publish(Map<String, String> documentsByClient, RegistrySigner by) {
    List<SignedRecord> published = prepare(documentsByClient, by);
    records.addAll(published);
    return published;
  }

  /** As {@link #publish}, of an apply that was cut off before its transaction was committed. */
  List<SignedRecord> abort(Map<String, String> documentsByClient) {
    Map<EntryKey, String> before = new HashMap<>(live);
    List<SignedRecord> prepared = prepare(documentsByClient, signer);
    live.clear();
    live.putAll(before);
    revision--;
    return prepared;
  }

  private List<SignedRecord> prepare(Map<String, String> documentsByClient, RegistrySigner by) {
    revision++;
    List<SignedRecord> prepared = new ArrayList<>();
    documentsByClient.forEach((id, document) -> {
      if (document == null) {
        live.remove(client(id));
        prepared.add(codec.entry(Entry.gone(client(id), revision), by));
      } else {
        live.put(client(id), document);
        prepared.add(codec.entry(new Entry(client(id), revision, document), by));
      }
    });
    prepared.add(codec.revision(
        new Revision(revision, NOW.plusSeconds(revision), live.size(), ContentDigest.of(live)), by));
    return prepared;
  }

  /** An entry that the operator signed under the key of another: what only a bug of ours would write. */
  SignedRecord misnamed(String id, String otherId, String document) {
    byte[] value = codec.entry(new Entry(client(id), revision + 1, document), signer).value();
    byte[] key = client(otherId).text().getBytes(StandardCharsets.UTF_8);
    return new SignedRecord(key, value, signer.sign(Topics.REGISTRY, key, value));
  }

  void append(SignedRecord record) {
    records.add(record);
  }

  void append(List<SignedRecord> more) {
    records.addAll(more);
  }

  Map<EntryKey, String> live() {
    return Map.copyOf(live);
  }

  /** What compaction leaves: of each key the last record, and no tombstones. */
  void compact() {
    Map<String, SignedRecord> last = new LinkedHashMap<>();
    for (SignedRecord record : records) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      last.remove(key);
      last.put(key, record);
    }
    records.clear();
    last.values().stream().filter(record -> record.value() != null).forEach(records::add);
  }

  /** Reads from the beginning, as a service that starts. */
  Materialiser read() {
    return read(0);
  }

  Materialiser read(long revisionMin) {
    Materialiser materialiser = new Materialiser(codec, revisionMin);
    records.forEach(materialiser::accept);
    return materialiser;
  }

  static Map<String, String> changes(String... idsAndDocuments) {
    Map<String, String> changes = new LinkedHashMap<>();
    for (int i = 0; i < idsAndDocuments.length; i += 2) {
      changes.put(idsAndDocuments[i], idsAndDocuments[i + 1]);
    }
    return changes;
  }
}
