package dev.mintlog.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofIdsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final RootSecret secret = RootSecret.random(new SecureRandom());
  private final ProofIds ids = new ProofIds(SecretRing.of(secret));

  @Test
  void shouldGiveOneProofTheSameDigestEverywhereAndNeverItsJti() {
    // When
    List<ProofClaim> claims = claims(ids, ProofKind.DPOP, "app", "a-jti");
    // Then
    assertThat(claims).singleElement().satisfies(claim -> {
      assertThat(claim.digest()).hasSize(22).doesNotContain("a-jti");
      assertThat(claim.issuedAt()).isEqualTo(NOON);
      assertThat(claim.keepUntil()).as("outlives proof and command").isAfter(NOON.plusSeconds(60 + 30));
    });
    assertThat(claims(new ProofIds(SecretRing.of(secret)), ProofKind.DPOP, "app", "a-jti")).isEqualTo(claims);
  }

  @Test
  void shouldKeepKindsClientsTenantsAndJtisApart() {
    // Given
    List<ProofClaim> one = claims(ids, ProofKind.DPOP, "app", "bc");
    // Then
    assertThat(one).isNotEqualTo(claims(ids, ProofKind.CLIENT_ASSERTION, "app", "bc"))
        .isNotEqualTo(claims(ids, ProofKind.DPOP, "appb", "c"))
        .isNotEqualTo(claims(ids, ProofKind.DPOP, "app", "bd"))
        .isNotEqualTo(ids.claims(ProofKind.DPOP, "another", "app", "bc", NOON, NOON.plusSeconds(60)));
  }

  @Test
  void shouldClaimUnderEverySecretSoThatEdgesOfOldAndNewSecretMeet() {
    // Given
    RootSecret next = RootSecret.random(new SecureRandom());
    ProofIds before = new ProofIds(new SecretRing(secret, List.of(next)));
    ProofIds after = new ProofIds(new SecretRing(next, List.of(secret)));
    // Then
    assertThat(claims(before, ProofKind.DPOP, "app", "x")).hasSize(2)
        .isEqualTo(claims(after, ProofKind.DPOP, "app", "x"))
        .containsAll(claims(ids, ProofKind.DPOP, "app", "x"));
  }

  private static List<ProofClaim> claims(ProofIds ids, ProofKind kind, String issuer, String jti) {
    return ids.claims(kind, "default", issuer, jti, NOON, NOON.plusSeconds(60));
  }
}
