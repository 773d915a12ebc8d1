package dev.mintlog.edge.state;

import dev.mintlog.channel.handle.UserCodes;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.UserCodePointer;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.edge.state.AuthorizationLookup.NotReadable;
import dev.mintlog.edge.state.AuthorizationLookup.Unknown;
import dev.mintlog.edge.state.StateReader.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds device authorizations by user_code: the pointer first, then the state it points to. What is absent counts as
 * unknown only where the markers say that nothing is missing. Thread-safe.
 */
public final class DeviceAuthorizations {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceAuthorizations.class);

  private final StateReader reader;
  private final UserCodes userCodes;
  private final UserCodePointers pointers;
  private final StoredAuthorizations authorizations;

  public DeviceAuthorizations(StateReader reader, UserCodes userCodes, UserCodePointers pointers,
      StoredAuthorizations authorizations) {
    this.reader = reader;
    this.userCodes = userCodes;
    this.pointers = pointers;
    this.authorizations = authorizations;
  }

  /**
   * Looks a code up. Never fails: what goes wrong is {@link NotReadable}.
   *
   * @param typed as the user typed it
   */
  public CompletionStage<AuthorizationLookup> find(String tenant, String typed) {
    Optional<String> code = userCodes.normalise(typed);
    if (code.isEmpty()) {
      return CompletableFuture.completedFuture(new Unknown());
    }
    List<String> digests = userCodes.digests(tenant, code.get());
    return reader.read(keys(tenant, digests))
        .thenCompose(values -> follow(tenant, digests, values))
        .exceptionally(failure -> {
          LOG.warn("a user_code could not be looked up: {}", failure.toString());
          return new NotReadable("expected the state to answer, but it did not");
        });
  }

  // A pointer's partition is not known before it is read; that one is absent counts only where no partition lacks
  // anything.
  private List<byte[]> keys(String tenant, List<String> digests) {
    List<byte[]> keys = new ArrayList<>(digests.size() + authorizations.partitions().count());
    digests.forEach(digest -> keys.add(RedisKeys.userCode(tenant, digest)));
    for (int partition = 0; partition < authorizations.partitions().count(); partition++) {
      keys.add(RedisKeys.marker(partition));
    }
    return keys;
  }

  private CompletionStage<AuthorizationLookup> follow(String tenant, List<String> digests, Values read) {
    boolean altered = false;
    for (int i = 0; i < digests.size(); i++) {
      Optional<byte[]> value = read.values().get(i);
      if (value.isPresent()) {
        Optional<UserCodePointer> pointer = pointers.open(tenant, digests.get(i), value.get());
        if (pointer.isPresent()) {
          return authorizations.load(pointer.get().authorizationId());
        }
        altered = true;
      }
    }
    boolean complete = !altered;
    for (int partition = 0; partition < authorizations.partitions().count(); partition++) {
      complete &= authorizations.isComplete(partition, read.values().get(digests.size() + partition), read);
    }
    return CompletableFuture.completedFuture(complete ? new Unknown() : StoredAuthorizations.INCOMPLETE);
  }
}
