package dev.mintlog.edge.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.claims.ClaimsProvider;
import dev.mintlog.claims.ClaimsRequest;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.claims.UserClaims.Subject;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.provider.ThreadBounds;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.text.CanonicalJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds that providers of claims are held to. */
class UserClaimsTest {
  private static final String CLAIM = "tier";

  private final ProviderThreads threads = new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(20)));

  @AfterEach
  void close() {
    threads.close();
  }

  private Checked<ClaimValues> found(String json) throws Exception {
    ClaimsProvider provider = new ClaimsProvider() {
      @Override
      public String name() {
        return "tiers";
      }

      @Override
      public ClaimValues claims(ClaimsRequest request) {
        return ClaimValues.NONE.withJson(CLAIM, json);
      }
    };
    RegistrySnapshot registry = TestRegistry.snapshot();
    Subject subject = new Subject("default", "till", "alice", Optional.empty(), Set.of(CLAIM));
    assertThat(registry.client(subject.tenant(), subject.clientId())).isPresent();
    CompletableFuture<Checked<ClaimValues>> found = new CompletableFuture<>();
    new UserClaims(List.of(provider), threads).find(registry, subject, Runnable::run, found::complete);
    return found.get(20, TimeUnit.SECONDS);
  }

  private static String error(Checked<ClaimValues> checked) {
    return checked.match(claims -> "accepted", refusal -> refusal.status() + " " + refusal.error());
  }

  // The claims themselves are the first level.
  private static String nested(int levels) {
    return "[".repeat(levels - 1) + "]".repeat(levels - 1);
  }

  @Test
  void shouldTakeClaimsThatAreNestedAsDeeplyAsTheBoundSaysAndNoDeeper() throws Exception {
    assertThat(found(nested(CanonicalJson.LEVELS_MAX)).match(claims -> claims.jsonByName().get(CLAIM), Object::toString))
        .isEqualTo(nested(CanonicalJson.LEVELS_MAX));
    assertThat(error(found(nested(CanonicalJson.LEVELS_MAX + 1)))).isEqualTo("503 temporarily_unavailable");
  }

  @Test
  void shouldTakeAsManyCharactersAsTheBoundSaysAndNoMore() throws Exception {
    int room = UserClaims.JSON_CHARACTERS_MAX - "{\"tier\":\"\"}".length();

    assertThat(error(found("\"" + "x".repeat(room) + "\""))).isEqualTo("accepted");
    assertThat(error(found("\"" + "x".repeat(room + 1) + "\""))).isEqualTo("400 invalid_request");
  }

  @Test
  void shouldTakeNothingThatIsNoJson() throws Exception {
    assertThat(error(found("{"))).isEqualTo("503 temporarily_unavailable");
  }
}
