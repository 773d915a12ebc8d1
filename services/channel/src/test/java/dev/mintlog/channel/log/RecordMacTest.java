package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordMacTest {
  private static final byte[] KEY = {1, 2, 3};
  private static final byte[] VALUE = {4, 5, 6, 7};

  private final SecureRandom random = new SecureRandom();
  private final RootSecret secret = RootSecret.random(random);
  private final RecordMac mac = new RecordMac(SecretRing.of(secret));

  @Test
  void shouldKnowItsOwn() {
    assertThat(mac.problem("topic", KEY, VALUE, mac.mac("topic", KEY, VALUE))).isEmpty();
    assertThat(mac.isAuthentic("topic", null, VALUE, mac.mac("topic", null, VALUE))).isTrue();
  }

  @Test
  void shouldRefuseWhenAnyBitIsChanged() {
    byte[] header = mac.mac("topic", KEY, VALUE);
    for (int bit = 0; bit < header.length * Byte.SIZE; bit++) {
      assertThat(mac.isAuthentic("topic", KEY, VALUE, flipped(header, bit))).isFalse();
    }
    for (int bit = 0; bit < VALUE.length * Byte.SIZE; bit++) {
      assertThat(mac.isAuthentic("topic", KEY, flipped(VALUE, bit), header)).isFalse();
    }
    for (int bit = 0; bit < KEY.length * Byte.SIZE; bit++) {
      assertThat(mac.isAuthentic("topic", flipped(KEY, bit), VALUE, header)).isFalse();
    }
  }

  @Test
  void shouldRefuseWhenMovedToAnotherTopicOrAcrossFields() {
    byte[] header = mac.mac("topic", KEY, VALUE);

    assertThat(mac.isAuthentic("topics", KEY, VALUE, header)).isFalse();
    assertThat(mac.isAuthentic("topic", new byte[] {1, 2}, new byte[] {3, 4, 5, 6, 7}, header)).isFalse();
    assertThat(mac.isAuthentic("topic", new byte[0], VALUE, mac.mac("topic", null, VALUE))).isFalse();
  }

  @Test
  void shouldSayWhyWhenThereIsNothingToCheck() {
    byte[] header = mac.mac("topic", KEY, VALUE);

    assertThat(mac.problem("topic", KEY, VALUE, null)).hasValueSatisfying(why -> assertThat(why).contains("none"));
    assertThat(mac.problem("topic", KEY, VALUE, Arrays.copyOf(header, 35))).isPresent();
    assertThat(mac.problem("topic", KEY, null, header)).isPresent();
  }

  @Test
  void shouldRefuseAnotherSecretAndKnowAnAcceptedPredecessor() {
    RootSecret next = RootSecret.random(random);
    byte[] header = mac.mac("topic", KEY, VALUE);

    assertThat(new RecordMac(SecretRing.of(next)).problem("topic", KEY, VALUE, header))
        .hasValueSatisfying(why -> assertThat(why).contains("key id " + Integer.toHexString(secret.keyId())));
    assertThat(new RecordMac(new SecretRing(next, List.of(secret))).isAuthentic("topic", KEY, VALUE, header)).isTrue();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] altered = bytes.clone();
    altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return altered;
  }
}
