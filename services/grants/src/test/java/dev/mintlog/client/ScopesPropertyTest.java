package dev.mintlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.grant.RequestedScopes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** RFC 6749 §3.3: sets of tokens, of which order and repetition mean nothing. */
class ScopesPropertyTest {

  @Property
  boolean shouldReadWhatItWrites(@ForAll("scopes") Scopes scopes) {
    return Scopes.parse(scopes.text()).equals(scopes);
  }

  @Property
  void shouldNotMindOrderAndRepetition(@ForAll("tokens") Set<String> tokens, @ForAll Random random) {
    List<String> shuffled = new ArrayList<>(tokens);
    shuffled.addAll(tokens);
    Collections.shuffle(shuffled, random);
    assertThat(Scopes.parse(String.join(" ", shuffled))).isEqualTo(Scopes.of(tokens));
    assertThat(Scopes.of(shuffled).text()).isEqualTo(Scopes.of(tokens).text());
  }

  @Property
  void shouldPartitionByAnotherSet(@ForAll("scopes") Scopes a, @ForAll("scopes") Scopes b) {
    Scopes rest = a.without(b);
    Scopes common = a.filtered(b::contains);
    assertThat(rest.isWithin(a)).isTrue();
    assertThat(common.isWithin(b)).isTrue();
    assertThat(rest.without(b)).isEqualTo(rest);
    assertThat(rest.values().size() + common.values().size()).isEqualTo(a.values().size());
    assertThat(a.isWithin(b)).isEqualTo(rest.isEmpty());
  }

  @Property
  void shouldOrderSetsByInclusion(@ForAll("scopes") Scopes a, @ForAll("scopes") Scopes b, @ForAll("scopes") Scopes c) {
    assertThat(a.isWithin(a)).isTrue();
    assertThat(a.isWithin(b) && b.isWithin(a)).isEqualTo(a.equals(b));
    if (a.isWithin(b) && b.isWithin(c)) {
      assertThat(a.isWithin(c)).isTrue();
    }
  }

  /** What is granted is what was asked for, or all where nothing was; never something in between. */
  @Property
  void shouldGrantAllThatIsAskedOrRefuse(@ForAll("scopes") Scopes asked, @ForAll("scopes") Scopes allowed) {
    Scopes wanted = RequestedScopes.orAll(Optional.of(asked), allowed);
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, allowed);
    assertThat(wanted).isEqualTo(asked.isEmpty() ? allowed : asked);
    assertThat(refusal.isEmpty()).isEqualTo(!wanted.isEmpty() && wanted.isWithin(allowed));
    refusal.ifPresent(denied -> assertThat(denied.error()).isEqualTo(TokenError.INVALID_SCOPE));
  }

  @Example
  void shouldReadABlankTextAsNoScope() {
    assertThat(Scopes.parse("")).isEqualTo(Scopes.NONE);
    assertThat(Scopes.parse("  ")).isEqualTo(Scopes.NONE);
  }

  @Provide
  Arbitrary<Set<String>> tokens() {
    return Arbitraries.of("openid", "profile", "offline_access", "orders", "orders.read", "ORDERS", "stock", "a:b/c")
        .set().ofMaxSize(6);
  }

  @Provide
  Arbitrary<Scopes> scopes() {
    return tokens().map(Scopes::of);
  }
}
