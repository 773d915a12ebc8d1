package dev.mintlog.channel.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's wire format around Avro binary, for ids and schemas that are known already. Confluent's own serializer looks
 * its id up for each record in a cache that counts its accesses: a quarter of all that a token cost.
 */
final class AvroBinary {
  /** A zero and the schema's id, big endian. */
  static final int HEAD_BYTES = 1 + Integer.BYTES;

  private static final int BUFFER_BYTES = 1_024;

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

  /** What one thread uses again and again. */
  private static final class Scratch {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;
    // Readers remember how two schemas fit, in ways that are not made for many threads.
    private final Map<Integer, DatumReader<SpecificRecord>> readers = new HashMap<>();
  }

  /** How records of one type are written under one id. Thread-safe. */
  record Writer(int id, DatumWriter<SpecificRecord> datum) {
    static Writer of(int id, Schema schema) {
      return new Writer(id, new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
    }
  }

  static int id(byte[] value) {
    return ByteBuffer.wrap(value).getInt(1);
  }

  byte[] encode(Writer writer, SpecificRecord value) {
    Scratch scratch = scratches.get();
    scratch.out.reset();
    scratch.out.write(0);
    int id = writer.id();
    scratch.out.write(id >>> 24);
    scratch.out.write(id >>> 16);
    scratch.out.write(id >>> 8);
    scratch.out.write(id);
    try {
      scratch.encoder = EncoderFactory.get().binaryEncoder(scratch.out, scratch.encoder);
      writer.datum().write(value, scratch.encoder);
      scratch.encoder.flush();
      return scratch.out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /**
   * @param written the schema of the value's id
   * @param wanted the generated type's own
   * @throws RuntimeException where the bytes do not read as such a record
   */
  SpecificRecord decode(byte[] value, Schema written, Schema wanted) {
    Scratch scratch = scratches.get();
    DatumReader<SpecificRecord> reader = scratch.readers.computeIfAbsent(id(value),
        id -> new SpecificDatumReader<>(written, wanted, SpecificData.getForSchema(wanted)));
    try {
      scratch.decoder =
          DecoderFactory.get().binaryDecoder(value, HEAD_BYTES, value.length - HEAD_BYTES, scratch.decoder);
      return reader.read(null, scratch.decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
