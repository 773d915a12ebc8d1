package dev.mintlog.channel.log;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaAvroSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records to bytes and back, in Confluent's wire format (a zero, the schema's id, Avro binary), with its client; what
 * was not prepared, such as a record of another release, is read and written by its serializers. One subject per topic and
 * record type (TopicRecordNameStrategy). Thread-safe.
 *
 * <p>After {@link #prepare} no encode and no decode of a prepared type asks the registry anything.
 */
public final class RecordCodec implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 2_000;
  private static final int READ_TIMEOUT_MS = 5_000;
  private static final int SCHEMAS_MAX = 10_000;
  private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofMillis(200);
  private static final int WIRE_HEAD_BYTES = 1 + Integer.BYTES;

  private final String registryUrl;
  private final boolean autoRegister;
  private final SchemaRegistryClient registry;
  private final KafkaAvroSerializer serializer;
  private final ThreadLocal<KafkaAvroDeserializer> deserializers;
  private final Map<Integer, String> recordNames = new ConcurrentHashMap<>();
  private final PreparedForms prepared = new PreparedForms();

  /**
   * @param registryUrl where the Confluent REST API is, path included; {@code mock://name} keeps schemas in this JVM
   * @param autoRegister whether {@link #prepare} registers what is missing; otherwise a missing schema is a failed start
   */
  public RecordCodec(String registryUrl, boolean autoRegister) {
    this(new SchemaRegistrySettings(registryUrl, autoRegister, Map.of()));
  }

  public RecordCodec(SchemaRegistrySettings given) {
    TrustedRecords.ensure();
    this.registryUrl = given.url();
    this.autoRegister = given.autoRegister();
    Map<String, Object> settings = new HashMap<>(given.client());
    settings.put(AbstractKafkaAvroSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl);
    settings.put(AbstractKafkaAvroSerDeConfig.AUTO_REGISTER_SCHEMAS, autoRegister);
    settings.put(
        AbstractKafkaAvroSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY, TopicRecordNameStrategy.class.getName());
    settings.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
    // What is registered is what src/main/avro says, without the generator's own additions.
    settings.put(KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
    settings.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, CONNECT_TIMEOUT_MS);
    settings.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, READ_TIMEOUT_MS);
    settings.put(SchemaRegistryClientConfig.MAX_RETRIES_CONFIG, 0);
    this.registry = SchemaRegistryClientFactory.newClient(
        registryUrl, SCHEMAS_MAX, List.of(new AvroSchemaProvider()), settings, Map.of());
    this.serializer = new KafkaAvroSerializer(registry, settings);
    this.deserializers = ThreadLocal.withInitial(() -> new KafkaAvroDeserializer(registry, settings));
  }

  /**
   * Learns (or registers) the ids of all these schemas.
   *
   * @param wanted topic to record types, from {@link WireSchemas}
   * @param bound how long a registry that does not answer is waited for
   * @throws ChannelStartException when it does not answer in time, or does not have or take a schema
   */
  public void prepare(Map<String, List<Schema>> wanted, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    wanted.forEach((topic, schemas) -> schemas.forEach(schema -> prepare(topic, schema, bound, deadline)));
  }

  private void prepare(String topic, Schema schema, Duration bound, long deadline) {
    String subject = topic + "-" + schema.getFullName();
    while (true) {
      try {
        AvroSchema parsed = asRegistered(schema);
        int id = autoRegister ? registry.register(subject, parsed) : registry.getId(subject, parsed);
        recordNames.put(id, schema.getFullName());
        prepared.put(topic, schema, id);
        return;
      } catch (RestClientException e) {
        if (e.getStatus() < 500 && e.getStatus() != 429) {
          throw new ChannelStartException(refusal(subject, e), e);
        }
        pauseOrFail(bound, deadline, e);
      } catch (IOException e) {
        pauseOrFail(bound, deadline, e);
      }
    }
  }

  // The very schema that the serializer will look up, so that it finds it cached.
  private static AvroSchema asRegistered(Schema schema) {
    Object record = SpecificData.get().newRecord(null, schema);
    return new AvroSchema(AvroSchemaUtils.getSchema(record, false, false, true));
  }

  private String refusal(String subject, RestClientException e) {
    return switch (e.getStatus()) {
      case 404 -> "schema-registry.url: expected the registry at " + registryUrl + " to have the schema of subject '"
          + subject + "', but it has none; register the schemas of this release first";
      case 409 -> "schema-registry.url: expected the registry at " + registryUrl + " to take the schema of subject '"
          + subject + "', but it is incompatible with those registered there";
      default -> "schema-registry.url: expected the registry at " + registryUrl + " to answer for subject '" + subject
          + "', but it answered with status " + e.getStatus() + ": " + oneLine(e);
    };
  }

  private void pauseOrFail(Duration bound, long deadline, Exception e) {
    if (System.nanoTime() + PAUSE_BETWEEN_ATTEMPTS.toNanos() > deadline) {
      throw new ChannelStartException("schema-registry.url: expected a schema registry at " + registryUrl + " within "
          + bound.toSeconds() + " s, but found: " + oneLine(e), e);
    }
    try {
      Thread.sleep(PAUSE_BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ChannelStartException("interrupted while waiting for the schema registry at " + registryUrl, interrupted);
    }
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  public byte[] encode(String topic, SpecificRecord value) {
    Integer id = prepared.idOf(topic, value.getSchema());
    return id == null ? serializer.serialize(topic, value) : prepared.encode(id, value);
  }

  /**
   * @throws UndecodableRecordException when the bytes are no record that the topic may hold
   * @throws SchemaRegistryUnavailableException when the schema is not yet known here and the registry does not answer
   */
  public SpecificRecord decode(String topic, byte[] value) throws UndecodableRecordException {
    if (value == null || value.length < WIRE_HEAD_BYTES || value[0] != 0) {
      throw new UndecodableRecordException("expected a value that begins with a zero and a schema id, but found "
          + (value == null ? "none" : value.length + " other bytes"));
    }
    int id = ByteBuffer.wrap(value).getInt(1);
    String name = recordNames.get(id);
    if (name == null) {
      name = askName(id);
    }
    if (!WireSchemas.holds(topic, name)) {
      throw new UndecodableRecordException("expected a record type that '" + topic + "' holds, but found " + name);
    }
    try {
      return prepared.reads(id)
          ? prepared.decode(id, ByteBuffer.wrap(value, WIRE_HEAD_BYTES, value.length - WIRE_HEAD_BYTES))
          : (SpecificRecord) deserializers.get().deserialize(topic, value);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableRecordException("expected a record of " + name + ", but its bytes do not read as one", e);
    }
  }

  private String askName(int id) throws UndecodableRecordException {
    try {
      ParsedSchema schema = registry.getSchemaById(id);
      recordNames.put(id, schema.name());
      return schema.name();
    } catch (RestClientException e) {
      if (e.getStatus() == 404) {
        throw new UndecodableRecordException("expected a registered schema, but id " + id + " is unknown", e);
      }
      throw new SchemaRegistryUnavailableException("schema registry at " + registryUrl + " refused id " + id, e);
    } catch (IOException e) {
      throw new SchemaRegistryUnavailableException("schema registry at " + registryUrl + " does not answer", e);
    }
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
