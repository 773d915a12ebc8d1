package dev.mintlog.edge.proof;

import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Turns the {@code jti} of a verified proof into what the command claims with it: digests, never the {@code jti} itself.
 * Where the channel secret has predecessors, one under each: edges that use another one already, or still, meet in one of
 * them. Thread-safe.
 */
public final class ProofIds {
  /** Longer than any command may be granted after its request. */
  private static final Duration BEYOND_THE_PROOF = Duration.ofMinutes(2);

  private final KeyedDigest digest;

  /** @param channel the channel secret */
  public ProofIds(SecretRing channel) {
    this.digest = new KeyedDigest(channel, "proof id");
  }

  /**
   * What is to be spent with the request.
   *
   * @param issuer whose {@code jti} it is: the client, or the key or issuer behind the proof
   * @param issuedAt when the proof says it was made ({@code iat}, or {@code nbf})
   * @param acceptedUntil when the last edge refuses it as expired, its leeway for clocks included
   */
  public List<ProofClaim> claims(ProofKind kind, String tenant, String issuer, String jti, Instant issuedAt,
      Instant acceptedUntil) {
    return claims(kind, kind, tenant, issuer, jti, issuedAt, acceptedUntil);
  }

  /**
   * As {@link #claims(ProofKind, String, String, String, Instant, Instant)}, of a proof that its maker could present as one
   * of another kind: it is spent as both.
   *
   * @param other what it is good for as well
   */
  public List<ProofClaim> claims(ProofKind kind, ProofKind other, String tenant, String issuer, String jti,
      Instant issuedAt, Instant acceptedUntil) {
    // The length keeps "a" + "bc" and "ab" + "c" apart.
    String text = other.wireName() + ':' + issuer.length() + ':' + issuer + jti;
    Instant keepUntil = acceptedUntil.plus(BEYOND_THE_PROOF);
    // Of two commands that claim several digests in different orders each might take one from the other.
    return digest.digests(tenant, text).stream().sorted()
        .map(value -> new ProofClaim(kind, value, issuedAt, keepUntil)).toList();
  }
}
