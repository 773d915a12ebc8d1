package dev.mintlog.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.identity.IdentityAnswer.Issued;
import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedTokensTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final List<Promise<IdentityAnswer>> asked = new ArrayList<>();
  private final CachedTokens tokens = new CachedTokens((identity, resource) -> {
    Promise<IdentityAnswer> promise = Promise.promise();
    asked.add(promise);
    return promise.future();
  }, () -> now);

  private Future<IdentityAnswer> ask() {
    return tokens.tokenFor("backup", "https://vault.example");
  }

  private Issued issue(int request, Duration lifetime) {
    Issued token = new Issued("token-" + request, "Bearer", now.plus(lifetime), lifetime);
    asked.get(request).complete(token);
    return token;
  }

  @Test
  void shouldAskOnceForAllWhoAskAtOnce() {
    Future<IdentityAnswer> first = ask();
    Future<IdentityAnswer> second = ask();

    Issued token = issue(0, Duration.ofHours(1));

    assertThat(asked).hasSize(1);
    assertThat(first.result()).isSameAs(token);
    assertThat(second.result()).isSameAs(token);
  }

  @Test
  void shouldHandOutATokenUntilFiveMinutesAreLeft() {
    ask();
    Issued token = issue(0, Duration.ofHours(1));

    now = START.plus(Duration.ofMinutes(55)).minusSeconds(1);
    assertThat(ask().result()).isSameAs(token);

    now = START.plus(Duration.ofMinutes(55));
    assertThat(ask().isComplete()).isFalse();
    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldHandOutAShortTokenForHalfOfItsLife() {
    ask();
    Issued token = issue(0, Duration.ofMinutes(4));

    now = START.plus(Duration.ofMinutes(2)).minusSeconds(1);
    assertThat(ask().result()).isSameAs(token);

    now = START.plus(Duration.ofMinutes(2));
    ask();
    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldNotRememberARefusal() {
    ask();
    asked.get(0).complete(Refused.unavailable("expected an answer"));

    ask();

    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldKeepTokensOfDifferentIdentitiesAndResourcesApart() {
    ask();
    tokens.tokenFor("backup", "https://other.example");
    tokens.tokenFor("restore", "https://vault.example");

    assertThat(asked).hasSize(3);
  }

  @Test
  void shouldForgetTheLeastAskedForBeyondItsBound() {
    ask();
    issue(0, Duration.ofHours(1));
    for (int other = 1; other < CachedTokens.TOKENS_MAX; other++) {
      tokens.tokenFor("backup", "https://" + other + ".example");
    }
    ask();
    assertThat(asked).as("at the bound").hasSize(CachedTokens.TOKENS_MAX);

    tokens.tokenFor("backup", "https://one-more.example");
    tokens.tokenFor("backup", "https://1.example");

    assertThat(asked).as("the one that was not asked for longest is asked for anew")
        .hasSize(CachedTokens.TOKENS_MAX + 2);
  }
}
