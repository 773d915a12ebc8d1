package dev.mintlog.edge.assertion;

import java.time.Instant;

/** A registered key, ready to verify. Thread-safe. */
public sealed interface AssertionKey permits PublicAssertionKey, SharedAssertionKey {

  /** Whether the assertion's header may mean this key: whatever both name agrees. */
  boolean mayBe(KeyHint hint);

  /**
   * Whether this key made the assertion's signature. RFC 8725 §3.1: the algorithm is one that was registered with the key;
   * the header may only choose among those, so that a public key never serves as the secret of a MAC.
   *
   * @param now what the key's own expiry is compared with
   */
  boolean hasSigned(Assertion assertion, Instant now);
}
