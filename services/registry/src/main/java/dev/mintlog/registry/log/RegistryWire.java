package dev.mintlog.registry.log;

import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.UndecodableRecordException;
import dev.mintlog.schema.Topics;
import org.apache.avro.specific.SpecificRecord;

/** Registry records to bytes and back. */
public interface RegistryWire {
  byte[] encode(SpecificRecord value);

  SpecificRecord decode(byte[] value) throws UndecodableRecordException;

  static RegistryWire of(RecordCodec codec) {
    return new RegistryWire() {
      @Override
      public byte[] encode(SpecificRecord value) {
        return codec.encode(Topics.REGISTRY, value);
      }

      @Override
      public SpecificRecord decode(byte[] value) throws UndecodableRecordException {
        return codec.decode(Topics.REGISTRY, value);
      }
    };
  }
}
