package dev.mintlog.channel.log;

import dev.mintlog.schema.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records as they go into the log and come out of it, encoded and authenticated. Thread-safe. */
public final class LogRecords {
  private final RecordCodec codec;
  private final RecordMac mac;

  public LogRecords(RecordCodec codec, RecordMac mac) {
    this.codec = codec;
    this.mac = mac;
  }

  /** What a record of the log is to us. */
  public sealed interface Reading {

    <T> T match(Function<Authentic, T> authentic, Function<Forged, T> forged, Function<Undecodable, T> undecodable);

    /** One of ours. */
    record Authentic(SpecificRecord value) implements Reading {
      @Override
      public <T> T match(Function<Authentic, T> authentic, Function<Forged, T> forged,
          Function<Undecodable, T> undecodable) {
        return authentic.apply(this);
      }
    }

    /** Written by somebody without a secret accepted here, or altered. Nothing of it was looked at. */
    record Forged(String why) implements Reading {
      @Override
      public <T> T match(Function<Authentic, T> authentic, Function<Forged, T> forged,
          Function<Undecodable, T> undecodable) {
        return forged.apply(this);
      }
    }

    /** Written by one of ours, but no record that this version can read. */
    record Undecodable(String why) implements Reading {
      @Override
      public <T> T match(Function<Authentic, T> authentic, Function<Forged, T> forged,
          Function<Undecodable, T> undecodable) {
        return undecodable.apply(this);
      }
    }
  }

  /** @param key null where the topic has none */
  public ProducerRecord<byte[], byte[]> record(String topic, int partition, String key, SpecificRecord value) {
    return record(topic, partition, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** For a key that somebody else wrote and that may be no text. */
  public ProducerRecord<byte[], byte[]> record(String topic, int partition, byte[] key, SpecificRecord value) {
    byte[] encoded = codec.encode(topic, value);
    List<Header> headers = List.of(new RecordHeader(Headers.MAC, mac.mac(topic, key, encoded)));
    return new ProducerRecord<>(topic, partition, null, key, encoded, headers);
  }

  /** @throws SchemaRegistryUnavailableException see {@link RecordCodec#decode} */
  public Reading read(ConsumerRecord<byte[], byte[]> found) {
    Header header = found.headers().lastHeader(Headers.MAC);
    Optional<String> forged =
        mac.problem(found.topic(), found.key(), found.value(), header == null ? null : header.value());
    if (forged.isPresent()) {
      return new Reading.Forged(forged.get());
    }
    try {
      return new Reading.Authentic(codec.decode(found.topic(), found.value()));
    } catch (UndecodableRecordException e) {
      return new Reading.Undecodable(e.getMessage());
    }
  }
}
