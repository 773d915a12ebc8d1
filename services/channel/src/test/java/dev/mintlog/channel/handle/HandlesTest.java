package dev.mintlog.channel.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlesTest {
  private final SecureRandom random = new SecureRandom();
  private final RootSecret channel = RootSecret.random(random);
  private final Handles handles = new Handles(SecretRing.of(channel));
  private final HandleSecret secret = HandleSecret.random(random);

  @Test
  void shouldReadWhatItWrote() {
    for (HandleKind kind : HandleKind.values()) {
      for (int generation : new int[] {0, 1, 77, Integer.MAX_VALUE}) {
        String text = handles.write("default", secret, kind, generation);

        assertThat(text).hasSize(Handles.TEXT_CHARACTERS).matches("[A-Za-z0-9_-]+");
        assertThat(handles.read("default", kind, text))
            .isEqualTo(new Reading.Valid(secret, secret.authorizationId("default"), generation));
      }
    }
  }

  @Test
  void shouldWriteTheSameHandleForTheSameAnswer() {
    assertThat(handles.write("t", secret, HandleKind.REFRESH_TOKEN, 3))
        .isEqualTo(new Handles(SecretRing.of(channel)).write("t", secret, HandleKind.REFRESH_TOKEN, 3));
  }

  @Test
  void shouldRefuseWhenAnyBitIsChanged() {
    byte[] handle = Base64.getUrlDecoder().decode(handles.write("default", secret, HandleKind.CODE, 0));
    for (int bit = Integer.SIZE; bit < handle.length * Byte.SIZE; bit++) {
      byte[] altered = handle.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);

      assertThat(handles.read("default", HandleKind.CODE, text)).isInstanceOf(Reading.Invalid.class);
    }
  }

  @Test
  void shouldRefuseWhenPresentedAsAnotherKindOrToAnotherTenant() {
    String code = handles.write("default", secret, HandleKind.CODE, 0);

    assertThat(handles.read("default", HandleKind.REFRESH_TOKEN, code)).isInstanceOf(Reading.Invalid.class);
    assertThat(handles.read("other", HandleKind.CODE, code)).isInstanceOf(Reading.Invalid.class);
  }

  @Test
  void shouldRefuseWhenTextIsNoHandle() {
    String code = handles.write("default", secret, HandleKind.CODE, 0);
    for (String text : List.of("", "x", code + "A", code.substring(1), "é".repeat(55), "=".repeat(55))) {
      assertThat(handles.read("default", HandleKind.CODE, text)).isInstanceOf(Reading.Invalid.class);
    }
  }

  @Test
  void shouldRefuseWhenTheSameBytesAreSpeltAnotherWay() {
    String code = handles.write("default", secret, HandleKind.CODE, 0);
    char last = code.charAt(code.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String spelt = code.substring(0, code.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);

    assertThat(Base64.getUrlDecoder().decode(spelt)).isEqualTo(Base64.getUrlDecoder().decode(code));
    assertThat(handles.read("default", HandleKind.CODE, spelt)).isInstanceOf(Reading.Invalid.class);
  }

  @Test
  void shouldNotJudgeWhenTheKeyIsUnknown() {
    Handles others = new Handles(SecretRing.of(RootSecret.random(random)));

    assertThat(others.read("default", HandleKind.CODE, handles.write("default", secret, HandleKind.CODE, 0)))
        .isEqualTo(new Reading.UnknownKey());
  }

  @Test
  void shouldReadHandlesOfAnAcceptedPredecessor() {
    Handles after = new Handles(new SecretRing(RootSecret.random(random), List.of(channel)));

    assertThat(after.read("default", HandleKind.CODE, handles.write("default", secret, HandleKind.CODE, 0)))
        .isInstanceOf(Reading.Valid.class);
  }

  @Test
  void shouldNameTheAuthorizationByTheDigestOfItsSecret() throws Exception {
    byte[] handle = Base64.getUrlDecoder().decode(handles.write("default", secret, HandleKind.CODE, 0));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(handle, 4, 20));

    assertThat(secret.authorizationId("default").key()).isEqualTo(
        "default/" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16)));
  }

  @Test
  void shouldNotPrintTheSecret() {
    Reading read = handles.read("default", HandleKind.CODE, handles.write("default", secret, HandleKind.CODE, 0));

    assertThat(read.toString()).contains("HandleSecret[redacted]");
  }
}
