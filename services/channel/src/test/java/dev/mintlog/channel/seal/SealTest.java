package dev.mintlog.channel.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SealTest {
  private final SecureRandom random = new SecureRandom();
  private final RootSecret secret = RootSecret.random(random);
  private final SecretRing ring = SecretRing.of(secret);
  private final Sealer sealer = new Sealer(ring, Direction.REPLY);
  private final Opener opener = new Opener(ring, Direction.REPLY);
  private final byte[] plain = "an access token".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldOpenWhatWasSealed() {
    for (int length : new int[] {0, 1, 15, 16, 17, 1_500, 100_000}) {
      byte[] text = new byte[length];
      random.nextBytes(text);

      assertThat(opener.open(sealer.seal(text, "topic", "key"), "topic", "key")).hasValue(text);
    }
  }

  @Test
  void shouldNotOpenWhenAnyBitIsChanged() {
    byte[] sealed = sealer.seal(plain, "a");
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThat(opener.open(altered, "a")).isEmpty();
    }
  }

  @Test
  void shouldNotOpenWhenCutShort() {
    byte[] sealed = sealer.seal(plain);
    for (int length = 0; length < sealed.length; length++) {
      assertThat(opener.open(Arrays.copyOf(sealed, length))).isEmpty();
    }
    assertThat(opener.open(Arrays.copyOf(sealed, sealed.length + 1))).isEmpty();
  }

  @Test
  void shouldNotOpenElsewhere() {
    byte[] sealed = sealer.seal(plain, "ab", "c");

    assertThat(opener.open(sealed, "a", "bc")).isEmpty();
    assertThat(opener.open(sealed, "abc")).isEmpty();
    assertThat(opener.open(sealed, "ab", "c", "")).isEmpty();
    assertThat(opener.open(sealed)).isEmpty();
    for (Direction other : Direction.values()) {
      assertThat(new Opener(ring, other).open(sealed, "ab", "c").isPresent()).isEqualTo(other == Direction.REPLY);
    }
  }

  @Test
  void shouldNotOpenUnderAnotherSecret() {
    byte[] sealed = sealer.seal(plain);

    assertThat(new Opener(SecretRing.of(RootSecret.random(random)), Direction.REPLY).open(sealed)).isEmpty();
  }

  @Test
  void shouldNameTheKeyThatIsMissingAndNoneOfWhatIsNotSealed() {
    byte[] sealed = sealer.seal(plain);
    Opener another = new Opener(SecretRing.of(RootSecret.random(random)), Direction.REPLY);

    assertThat(another.unknownKeyId(sealed)).hasValue(secret.keyId());
    assertThat(another.unknownKeyId(Arrays.copyOf(sealed, 3))).isEmpty();
    assertThat(opener.unknownKeyId(sealed)).isEmpty();
  }

  @Test
  void shouldOpenUnderAnAcceptedPredecessor() {
    Opener after = new Opener(new SecretRing(RootSecret.random(random), List.of(secret)), Direction.REPLY);

    assertThat(after.open(sealer.seal(plain, "a"), "a")).hasValue(plain);
  }

  @Test
  void shouldLeaveAClearPrefixInFront() {
    byte[] sealed = sealer.sealAfter(new byte[] {7, 8}, plain, "a");

    assertThat(sealed).startsWith(7, 8);
    assertThat(opener.openAfter(2, sealed, "a")).hasValue(plain);
  }

  @Test
  void shouldNeverUseANonceTwiceNorAnInstanceTwice() throws Exception {
    // Given
    int threads = 4;
    int each = 500;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<List<byte[]>> sealing = () -> {
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < each; i++) {
          made.add(sealer.seal(plain, "a"));
        }
        return made;
      };

      // When
      List<Future<List<byte[]>>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(sealing));
      }

      // Then
      Set<Long> counters = new HashSet<>();
      for (Future<List<byte[]>> result : results) {
        for (byte[] sealed : result.get()) {
          counters.add(java.nio.ByteBuffer.wrap(sealed).getLong(SealedForm.COUNTER_AT));
          assertThat(opener.open(sealed, "a")).hasValue(plain);
        }
      }
      assertThat(counters).hasSize(threads * each);
    } finally {
      pool.shutdownNow();
    }
    byte[] ofAnother = new Sealer(ring, Direction.REPLY).seal(plain, "a");
    assertThat(instance(ofAnother)).isNotEqualTo(instance(sealer.seal(plain, "a")));
  }

  @Test
  void shouldOpenWhatMoreSendersSealedThanItKeepsKeysOf() {
    List<byte[]> sealed = new ArrayList<>();
    for (int i = 0; i < Opener.KEYS_MAX + 10; i++) {
      sealed.add(new Sealer(ring, Direction.REPLY).seal(plain, "a"));
    }

    for (int round = 0; round < 2; round++) {
      assertThat(sealed).allSatisfy(one -> assertThat(opener.open(one, "a")).hasValue(plain));
    }
  }

  private static byte[] instance(byte[] sealed) {
    return Arrays.copyOfRange(sealed, SealedForm.INSTANCE_AT, SealedForm.COUNTER_AT);
  }
}
