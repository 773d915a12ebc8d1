package dev.mintlog.registry.log;

import dev.mintlog.channel.log.UndecodableRecordException;
import dev.mintlog.registry.signature.RegistrySigner;
import dev.mintlog.registry.signature.RegistryVerifier;
import dev.mintlog.schema.RegistryEntry;
import dev.mintlog.schema.RegistryRevision;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Entries and revisions as signed records, and back. */
public final class RegistryRecords {
  private final RegistryWire wire;
  private final RegistryVerifier verifier;

  public RegistryRecords(RegistryWire wire, RegistryVerifier verifier) {
    this.wire = wire;
    this.verifier = verifier;
  }

  public SignedRecord entry(Entry entry, RegistrySigner signer) {
    return signed(entry.key().text(), entry.toWire(), signer);
  }

  public SignedRecord revision(Revision revision, RegistrySigner signer) {
    return signed(EntryKey.REVISION, revision.toWire(), signer);
  }

  private SignedRecord signed(String keyText, SpecificRecord value, RegistrySigner signer) {
    byte[] key = keyText.getBytes(StandardCharsets.UTF_8);
    byte[] encoded = wire.encode(value);
    return new SignedRecord(key, encoded, signer.sign(Topics.REGISTRY, key, encoded));
  }

  /** What the record says, where it is authentic. */
  public Reading read(SignedRecord found) {
    // The signature first: nothing that a stranger wrote reaches a parser.
    if (!verifier.isAuthentic(Topics.REGISTRY, found.key(), found.value(), found.signature())) {
      return new Reading.Refused("expected a record signed by the operator, found one that is not");
    }
    try {
      return read(found.key(), wire.decode(found.value()));
    } catch (UndecodableRecordException e) {
      return new Reading.Refused(e.getMessage());
    }
  }

  private static Reading read(byte[] key, SpecificRecord value) {
    if (value instanceof RegistryEntry) {
      RegistryEntry wire = (RegistryEntry) value;
      boolean isNameable = EntryKey.isPart(wire.getTenant()) && EntryKey.isPart(wire.getKind());
      // Else a signed record of one thing could be appended under the key of another, and compaction drop the latter.
      return isNameable && isNamed(key, Entry.of(wire).key().text())
          ? new Reading.OfEntry(Entry.of(wire)) : new Reading.Refused("expected an entry under its own key");
    }
    if (value instanceof RegistryRevision) {
      return isNamed(key, EntryKey.REVISION)
          ? new Reading.OfRevision(Revision.of((RegistryRevision) value))
          : new Reading.Refused("expected a revision under its own key");
    }
    return new Reading.Refused("expected an entry or a revision, found " + value.getSchema().getName());
  }

  private static boolean isNamed(byte[] key, String text) {
    return Arrays.equals(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** One record, read. */
  public sealed interface Reading {
    <T> T match(Function<Entry, T> entry, Function<Revision, T> revision, Function<String, T> refused);

    /** A signed entry; whether it counts is for {@link Materialiser} to say. */
    record OfEntry(Entry entry) implements Reading {
      @Override
      public <T> T match(Function<Entry, T> ofEntry, Function<Revision, T> ofRevision, Function<String, T> refused) {
        return ofEntry.apply(entry);
      }
    }

    /** A signed revision; whether it closes is for {@link Materialiser} to say. */
    record OfRevision(Revision revision) implements Reading {
      @Override
      public <T> T match(Function<Entry, T> ofEntry, Function<Revision, T> ofRevision, Function<String, T> refused) {
        return ofRevision.apply(revision);
      }
    }

    /** Not the operator's, or nothing that we read. */
    record Refused(String why) implements Reading {
      @Override
      public <T> T match(Function<Entry, T> ofEntry, Function<Revision, T> ofRevision, Function<String, T> refused) {
        return refused.apply(why);
      }
    }
  }
}
