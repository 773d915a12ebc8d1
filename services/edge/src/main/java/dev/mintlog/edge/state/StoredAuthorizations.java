package dev.mintlog.edge.state;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.edge.state.AuthorizationLookup.Found;
import dev.mintlog.edge.state.AuthorizationLookup.NotReadable;
import dev.mintlog.edge.state.AuthorizationLookup.Unknown;
import dev.mintlog.edge.state.StateReader.Values;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds authorizations by their id. What is absent counts as unknown only where its partition's marker says that nothing
 * is missing. Thread-safe.
 */
public final class StoredAuthorizations {
  static final AuthorizationLookup INCOMPLETE =
      new NotReadable("expected the state to be complete, but it is being restored");

  private static final Logger LOG = LoggerFactory.getLogger(StoredAuthorizations.class);
  private static final AuthorizationLookup SILENT = new NotReadable("expected the state to answer, but it did not");

  private final StateReader reader;
  private final RedisStates states;
  private final Markers markers;
  private final Partitions partitions;

  public StoredAuthorizations(StateReader reader, RedisStates states, Markers markers, Partitions partitions) {
    this.reader = reader;
    this.states = states;
    this.markers = markers;
    this.partitions = partitions;
  }

  /**
   * Looks an authorization up, as the primary has it now: what was committed before this is called is seen. Never fails:
   * what goes wrong is {@link NotReadable}.
   */
  public CompletionStage<AuthorizationLookup> find(AuthorizationId id) {
    return load(id).exceptionally(failure -> {
      LOG.warn("an authorization could not be looked up: {}", failure.toString());
      return SILENT;
    });
  }

  /** As {@link #find}, but fails where the store does. */
  CompletionStage<AuthorizationLookup> load(AuthorizationId id) {
    int partition = partitions.of(id.key());
    return reader.read(List.of(RedisKeys.state(id), RedisKeys.marker(partition))).thenApply(read -> {
      if (!isComplete(partition, read.values().get(1), read)) {
        return INCOMPLETE;
      }
      Optional<byte[]> value = read.values().get(0);
      if (value.isEmpty()) {
        return new Unknown();
      }
      Optional<Authorization> state = states.open(id, value.get());
      return state.<AuthorizationLookup>map(Found::new).orElse(INCOMPLETE);
    });
  }

  Partitions partitions() {
    return partitions;
  }

  boolean isComplete(int partition, Optional<byte[]> marker, Values read) {
    return marker.flatMap(value -> markers.open(partition, value))
        .filter(opened -> opened.isFor(read.primary()))
        .isPresent();
  }
}
