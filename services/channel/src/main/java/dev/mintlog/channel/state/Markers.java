package dev.mintlog.channel.state;

import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Markers as values in Redis, sealed for their partition. Thread-safe. */
public final class Markers {
  private static final int TEXTS = 2;

  private final Sealer sealer;
  private final Opener opener;

  /** @param sealer and opener of direction REDIS */
  public Markers(Sealer sealer, Opener opener) {
    this.sealer = sealer;
    this.opener = opener;
  }

  public byte[] value(int partition, Marker marker) {
    List<String> texts = List.of(marker.replid(), Long.toString(marker.since().toEpochMilli()));
    return sealer.seal(SealedValues.write(texts), associated(partition));
  }

  /** @return empty where it was not written so by a holder of the channel secret: it counts as absent */
  public Optional<Marker> open(int partition, byte[] value) {
    return opener.open(value, associated(partition)).map(SealedValues::read).filter(texts -> texts.size() == TEXTS)
        .map(texts -> new Marker(texts.get(0), Instant.ofEpochMilli(Long.parseLong(texts.get(1)))));
  }

  private static String[] associated(int partition) {
    return new String[] {"mintlog:m", Integer.toString(partition)};
  }
}
