package dev.mintlog.registry.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.client.Tenant;
import dev.mintlog.registry.key.KeySchedule.Coming;
import dev.mintlog.registry.tenant.SigningKeyPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hours in which everything goes wrong that may: whoever rotates is away for long, edges read the registry late,
 * verifiers keep the JWKS as long as they may, lifetimes change, operators rotate. No verifier ever meets a kid that it
 * does not know. One step is a second; a failure names its seed.
 */
class KeyScheduleSimulationTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS = 8_000;
  private static final int EDGES = 3;
  private static final int VERIFIERS = 4;
  /** An edge that is further behind has nothing granted. */
  private static final int SUPERSEDED_MAX_SECONDS = 10;

  private record Cache(Set<String> kids, int fetchedAt) {}

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNeverShowAVerifierAnUnknownKid(int seed) {
    new Simulation(new Random(seed)).run();
  }

  private static final class Simulation {
    private final Random random;
    private final int rotateSeconds;
    private final int announceSeconds;
    private final int maxAgeSeconds;
    private final SigningKeyPeriods periods;
    private final List<List<PublishedKey>> revisions = new ArrayList<>();
    private final List<Integer> publishedAt = new ArrayList<>();
    private final int[] seen = new int[EDGES];
    private final Cache[] caches = new Cache[VERIFIERS];
    /** Of each key, when the last of its tokens ends. */
    private final Map<String, Integer> lastEnds = new HashMap<>();
    private final Set<String> signedWith = new HashSet<>();
    private int lifetime = 30;
    private int made;
    private int over;
    private int ownerAwayUntil;

    Simulation(Random random) {
      this.random = random;
      this.announceSeconds = 3 + random.nextInt(60);
      this.maxAgeSeconds = random.nextInt(announceSeconds - 1);
      this.rotateSeconds = announceSeconds + random.nextInt(200);
      this.periods = new SigningKeyPeriods(Duration.ofSeconds(rotateSeconds), Duration.ofSeconds(announceSeconds),
          Duration.ofSeconds(maxAgeSeconds));
      publish(List.of(key(-60)), 0);
    }

    void run() {
      for (int now = 0; now < SECONDS; now++) {
        changeLifetime(now);
        rotate(now);
        for (int edge = 0; edge < EDGES; edge++) {
          follow(edge, now);
        }
        issue(now);
        verify(now);
      }
      assertThat(signedWith).as("keys came into use").hasSizeGreaterThan(SECONDS / (rotateSeconds + 600));
      assertThat(over).as("keys were taken away").isPositive();
    }

    private void changeLifetime(int now) {
      if (random.nextInt(500) == 0) {
        lifetime = 1 + random.nextInt(300);
        // As an apply does.
        Duration longest = Duration.ofSeconds(lifetime);
        publish(newest().stream().map(key -> longest.compareTo(key.tokenLifetimeMax()) > 0
            ? key.withTokenLifetimeMax(longest) : key).toList(), now);
      }
    }

    private void rotate(int now) {
      if (random.nextInt(600) == 0) {
        ownerAwayUntil = now + random.nextInt(600);
      }
      KeySchedule schedule = new KeySchedule(newest(), periods);
      List<Coming> coming = new ArrayList<>();
      List<PublishedKey> gone = List.of();
      if (now >= ownerAwayUntil) {
        coming.addAll(schedule.due(at(now)));
        gone = schedule.over(at(now));
      }
      if (coming.isEmpty() && random.nextInt(700) == 0) {
        coming.addAll(schedule.next(EnumSet.of(SigningAlgorithm.ES256), at(now)));
      }
      coming.removeIf(one -> one.algorithm() != SigningAlgorithm.ES256);
      if (!coming.isEmpty() || !gone.isEmpty()) {
        List<PublishedKey> keys = new ArrayList<>(newest());
        keys.removeAll(gone);
        over += gone.size();
        coming.forEach(one -> keys.add(key((int) Duration.between(T0, one.signFrom()).toSeconds())));
        publish(keys, now);
      }
    }

    // As late as an edge may be, and never back.
    private void follow(int edge, int now) {
      int behindMax = announceSeconds - maxAgeSeconds;
      int behind = random.nextInt(3) == 0 ? random.nextInt(behindMax) : behindMax;
      for (int revision = seen[edge]; revision < revisions.size(); revision++) {
        if (publishedAt.get(revision) <= now - behind) {
          seen[edge] = revision;
        }
      }
    }

    private void issue(int now) {
      int edge = random.nextInt(EDGES);
      boolean isFarBehind = seen[edge] + 1 < revisions.size()
          && now > publishedAt.get(seen[edge] + 1) + SUPERSEDED_MAX_SECONDS;
      if (isFarBehind) {
        return;
      }
      List<SigningKeyRef> refs = revisions.get(seen[edge]).stream().sorted(PublishedKey.IN_ORDER_OF_USE)
          .map(PublishedKey::ref).toList();
      String kid = new Tenant("default", "https://issuer.example", Map.of(), refs)
          .signingKeyAt(SigningAlgorithm.ES256, at(now)).orElseThrow().kid();
      signedWith.add(kid);
      lastEnds.merge(kid, now + lifetime, Math::max);
    }

    private void verify(int now) {
      lastEnds.values().removeIf(end -> end < now);
      for (int verifier = 0; verifier < VERIFIERS; verifier++) {
        Cache cache = caches[verifier];
        if (cache == null || now - cache.fetchedAt() >= maxAgeSeconds) {
          cache = new Cache(kids(random.nextInt(EDGES)), now);
          caches[verifier] = cache;
        }
        if (!cache.kids().containsAll(lastEnds.keySet())) {
          throw new AssertionError("expected at second " + now + " the keys of all tokens that live, "
              + lastEnds.keySet() + ", but found " + cache.kids() + " of second " + cache.fetchedAt());
        }
      }
    }

    private Set<String> kids(int edge) {
      Set<String> kids = new HashSet<>();
      revisions.get(seen[edge]).forEach(key -> kids.add(key.kid()));
      return kids;
    }

    private PublishedKey key(int signFrom) {
      return new PublishedKey("default", "k" + made++, SigningAlgorithm.ES256, at(signFrom), Map.of(), new byte[0],
          Duration.ofSeconds(lifetime));
    }

    private void publish(List<PublishedKey> keys, int now) {
      revisions.add(List.copyOf(keys));
      publishedAt.add(now);
    }

    private List<PublishedKey> newest() {
      return revisions.get(revisions.size() - 1);
    }

    private static Instant at(int second) {
      return T0.plusSeconds(second);
    }
  }
}
