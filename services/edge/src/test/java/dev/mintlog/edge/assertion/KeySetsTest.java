package dev.mintlog.edge.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import dev.mintlog.edge.assertion.KeySets.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeySetsTest {
  private static final URI SET = URI.create("https://keys.example");

  private final List<URI> fetches = new ArrayList<>();
  private final List<Consumer<Optional<String>>> underWay = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private long now = 1_000;
  private final KeySets sets = new KeySets((uri, then) -> {
    fetches.add(uri);
    underWay.add(then);
  }, () -> now);

  @Test
  void shouldFetchASetOnceForAllWhoWait() {
    judge("a");
    judge("b");
    assertThat(fetches).containsExactly(SET);
    assertThat(verdicts).isEmpty();

    answer(set("a"));

    assertThat(verdicts).containsExactly(Verdict.SIGNED, Verdict.NOT_SIGNED);
  }

  @Test
  void shouldKeepASetWhileItIsFresh() {
    know("a");
    pass(KeySets.FRESH.minusNanos(1));

    judge("a");
    assertThat(verdicts).containsExactly(Verdict.SIGNED);
    assertThat(fetches).hasSize(1);

    pass(Duration.ofNanos(1));
    judge("a");
    assertThat(fetches).hasSize(2);
  }

  @Test
  void shouldFetchAgainForAnUnknownKeyButNotWithoutAPause() {
    know("a");

    judge("b");
    assertThat(verdicts).containsExactly(Verdict.NOT_SIGNED);
    assertThat(fetches).hasSize(1);

    pass(KeySets.PAUSE);
    judge("b");
    assertThat(fetches).hasSize(2);
    answer(set("a", "b"));
    assertThat(verdicts).containsExactly(Verdict.NOT_SIGNED, Verdict.SIGNED);

    for (int i = 0; i < 100; i++) {
      judge("c" + i);
    }
    assertThat(fetches).hasSize(2);
  }

  @Test
  void shouldForgetAKeyThatIsNoLongerPublished() {
    know("a");
    pass(KeySets.FRESH);

    judge("a");
    answer(set("b"));

    assertThat(verdicts).containsExactly(Verdict.NOT_SIGNED);
  }

  @Test
  void shouldUseAnOlderSetForAWhileWhereItCannotBeFetched() {
    know("a");
    pass(KeySets.USABLE.minusNanos(1));

    judge("a");
    answer(Optional.empty());
    assertThat(verdicts).containsExactly(Verdict.SIGNED);

    pass(Duration.ofNanos(1));
    judge("a");
    assertThat(verdicts).containsExactly(Verdict.SIGNED, Verdict.NOT_KNOWN);
    assertThat(fetches).hasSize(2);
  }

  @Test
  void shouldNotFetchAgainRightAfterAFailure() {
    judge("a");
    answer(Optional.empty());
    judge("a");
    assertThat(verdicts).containsExactly(Verdict.NOT_KNOWN, Verdict.NOT_KNOWN);
    assertThat(fetches).hasSize(1);

    pass(KeySets.PAUSE_AFTER_FAILURE);
    judge("a");
    assertThat(fetches).hasSize(2);
  }

  @Test
  void shouldTakeWhatIsNoSetForAFailure() {
    for (String text : List.of("", "[]", "{}", "{\"keys\":1}", "<html>", "{\"keys\":[", "[".repeat(5_000))) {
      pass(KeySets.PAUSE);
      judge("a");
      answer(Optional.of(text));
    }

    assertThat(verdicts).hasSize(7).containsOnly(Verdict.NOT_KNOWN);
  }

  @Test
  void shouldUseWhatIsUsableOfASet() {
    String key = keys("a").get(0).toJSONString();
    judge("a");
    answer(Optional.of("{\"keys\":[1,{},{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"XYZ\"},{\"kty\":\"RSA\",\"n\":\"AQAB\","
        + "\"e\":\"AQAB\"}," + key + "]}"));

    assertThat(verdicts).containsExactly(Verdict.SIGNED);
  }

  @Test
  void shouldBoundFetchesAtOnceAndWhoWaits() {
    for (int i = 0; i < KeySets.FETCHES_MAX; i++) {
      judge(URI.create("https://keys.example/" + i), "a");
    }
    judge(SET, "a");
    assertThat(fetches).hasSize(KeySets.FETCHES_MAX).doesNotContain(SET);
    assertThat(verdicts).containsExactly(Verdict.NOT_KNOWN);

    URI first = fetches.get(0);
    for (int i = 1; i < KeySets.WAITING_MAX; i++) {
      judge(first, "a");
    }
    assertThat(verdicts).hasSize(1);
    judge(first, "a");
    assertThat(verdicts).hasSize(2);

    answer(set("a"));
    assertThat(verdicts).hasSize(2 + KeySets.WAITING_MAX);
  }

  @Test
  void shouldForgetTheLongestUnusedOfTooManySets() {
    for (int i = 0; i <= KeySets.SETS_MAX; i++) {
      judge(URI.create("https://keys.example/" + i), "a");
      answer(set("a"));
    }
    int before = fetches.size();

    judge(URI.create("https://keys.example/" + KeySets.SETS_MAX), "a");
    assertThat(fetches).hasSize(before);
    judge(URI.create("https://keys.example/0"), "a");
    assertThat(fetches).hasSize(before + 1);
  }

  private void know(String... kids) {
    judge(kids[0]);
    answer(set(kids));
    verdicts.clear();
  }

  private void judge(String kid) {
    judge(SET, kid);
  }

  private void judge(URI uri, String kid) {
    KeyHint hint = KeyHint.of(Optional.of(kid), Optional.empty(), Optional.empty());
    Predicate<AssertionKey> fits = key -> key.mayBe(hint);
    sets.judge(uri, fits, Runnable::run, verdicts::add);
  }

  private void answer(Optional<String> text) {
    underWay.remove(0).accept(text);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static Optional<String> set(String... kids) {
    return Optional.of(new JWKSet(keys(kids)).toString());
  }

  private static List<JWK> keys(String... kids) {
    return Stream.of(kids).<JWK>map(kid -> {
      try {
        return new OctetKeyPairGenerator(Curve.Ed25519).keyID(kid).generate().toPublicJWK();
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    }).toList();
  }
}
