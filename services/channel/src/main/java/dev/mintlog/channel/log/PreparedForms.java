package dev.mintlog.channel.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's wire format for the schemas of this release, whose ids are known: what its serializer writes, byte for byte,
 * without its caches, which count a queue at every hit. Thread-safe.
 */
final class PreparedForms {
  private static final int RECORD_BYTES_USUAL = 1024;

  private final Map<String, Map<String, Integer>> idsByTopic = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** What one thread uses again and again. */
  private static final class Scratch {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(RECORD_BYTES_USUAL);
    private final Map<Schema, SpecificDatumWriter<SpecificRecord>> writers = new HashMap<>();
    private final Map<Integer, SpecificDatumReader<SpecificRecord>> readers = new HashMap<>();
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
  }

  /** From now on records of the schema are written to the topic under the id, and read by it. */
  void put(String topic, Schema schema, int id) {
    idsByTopic.computeIfAbsent(topic, first -> new ConcurrentHashMap<>()).put(schema.getFullName(), id);
    schemas.put(id, schema);
  }

  /** The id under which records of the schema are written to the topic; null where it was not prepared. */
  Integer idOf(String topic, Schema schema) {
    return idsByTopic.getOrDefault(topic, Map.of()).get(schema.getFullName());
  }

  boolean reads(int id) {
    return schemas.containsKey(id);
  }

  byte[] encode(int id, SpecificRecord value) {
    Scratch own = scratch.get();
    own.bytes.reset();
    own.bytes.write(0);
    own.bytes.write(id >>> 24);
    own.bytes.write(id >>> 16);
    own.bytes.write(id >>> 8);
    own.bytes.write(id);
    own.encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
    try {
      own.writers.computeIfAbsent(value.getSchema(), SpecificDatumWriter::new).write(value, own.encoder);
      own.encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory take every record", e);
    }
    return own.bytes.toByteArray();
  }

  SpecificRecord decode(int id, ByteBuffer body) throws IOException {
    Scratch own = scratch.get();
    own.decoder = DecoderFactory.get()
        .binaryDecoder(body.array(), body.arrayOffset() + body.position(), body.remaining(), own.decoder);
    return own.readers.computeIfAbsent(id, known -> new SpecificDatumReader<>(schemas.get(known)))
        .read(null, own.decoder);
  }
}
