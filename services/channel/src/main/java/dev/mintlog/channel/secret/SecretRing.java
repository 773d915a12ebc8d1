package dev.mintlog.channel.secret;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The secret in use and those still or already accepted. A new secret is first accepted everywhere, then used: so nothing
 * in flight is ever unknown.
 */
public final class SecretRing {
  private final List<RootSecret> all;

  /** @throws IllegalArgumentException when a secret stands in the ring twice, or two share a key id */
  public SecretRing(RootSecret current, List<RootSecret> accepted) {
    List<RootSecret> ring = new ArrayList<>();
    ring.add(current);
    ring.addAll(accepted);
    Set<Integer> keyIds = new HashSet<>();
    for (RootSecret secret : ring) {
      if (!keyIds.add(secret.keyId())) {
        throw new IllegalArgumentException("expected each secret once, but found key id "
            + Integer.toHexString(secret.keyId()) + " twice among the current and the accepted ones");
      }
    }
    this.all = List.copyOf(ring);
  }

  public static SecretRing of(RootSecret current) {
    return new SecretRing(current, List.of());
  }

  /** What is written with. */
  public RootSecret current() {
    return all.get(0);
  }

  public Optional<RootSecret> byKeyId(int keyId) {
    for (RootSecret secret : all) {
      if (secret.keyId() == keyId) {
        return Optional.of(secret);
      }
    }
    return Optional.empty();
  }

  /** Current one first. */
  public List<RootSecret> all() {
    return all;
  }

  @Override
  public String toString() {
    return "SecretRing" + all;
  }
}
