package dev.mintlog.edge.proof.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySets;
import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.limit.ClientProofPolicy;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.Authentication.NotJudged;
import dev.mintlog.edge.proof.client.Authentication.Refused;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.FormParser;
import dev.mintlog.registry.RegistrySnapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthenticatorTest {
  private final RegistrySnapshot registry = TestRegistry.snapshot();
  private final SlowVerifications slow = new SlowVerifications(1, 3);
  private final AtomicLong now = new AtomicLong();
  private final ClientProofLimits limits =
      new ClientProofLimits(new ClientProofPolicy(2, Duration.ofSeconds(8)), now::get);
  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final ClientAuthenticator clients = new ClientAuthenticator(
      slow, limits, new ClientAssertions(new AssertionSignatures(channel,
          new KeySets((uri, then) -> then.accept(Optional.empty()), System::nanoTime)), new ProofIds(channel)),
      new TlsClientAuthentication(List.of()), new SecureRandom());

  @AfterEach
  void stop() {
    slow.close();
  }

  @Nested
  class ClientSecretBasicOfRfc6749Section2Point3Point1 {
    @Test
    void shouldAcceptTheRightSecret() throws Exception {
      assertAuthenticated(authenticate(basic("app", TestRegistry.SECRET), ""), "app");
    }

    @Test
    void shouldAcceptAnyOfSeveralSecrets() throws Exception {
      assertAuthenticated(authenticate(basic("app", TestRegistry.NEXT_SECRET), ""), "app");
    }

    @Test
    void shouldAcceptIdAndSecretFormEncodedOrAsTheyAre() throws Exception {
      String encoded = URLEncoder.encode(TestRegistry.NEXT_SECRET, StandardCharsets.UTF_8);

      assertAuthenticated(authenticate(basic("app", encoded), ""), "app");
      assertAuthenticated(authenticate(basic("odd+id%20", TestRegistry.SECRET), ""), "odd+id%20");
      assertAuthenticated(authenticate(basic("odd%2Bid%2520", TestRegistry.SECRET), ""), "odd+id%20");
    }

    @Test
    void shouldAcceptTheSameClientIdInTheBody() throws Exception {
      assertAuthenticated(authenticate(basic("app", TestRegistry.SECRET), "client_id=app"), "app");
    }

    @Test
    void shouldRefuseAnotherClientIdInTheBody() throws Exception {
      assertNotJudged(authenticate(basic("app", TestRegistry.SECRET), "client_id=tv"), "invalid_request");
    }

    @Test
    void shouldRefuseASecondSecretInTheBody() throws Exception {
      assertNotJudged(authenticate(basic("app", TestRegistry.SECRET),
          "client_id=app&client_secret=" + TestRegistry.SECRET), "invalid_request");
    }

    @Test
    void shouldTakeTheBodysSecretWhereBasicHasNone() throws Exception {
      assertAuthenticated(authenticate(basic("app", ""), "client_id=app&client_secret=" + TestRegistry.SECRET), "app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic ???", "Basic YXBw", "Basic OnNlY3JldA=="})
    void shouldRefuseAMalformedHeader(String header) throws Exception {
      assertThat(authenticate(Optional.of(header), "")).isInstanceOf(NotJudged.class);
    }

    @Test
    void shouldRefuseOtherSchemes() throws Exception {
      assertNotJudged(authenticate(Optional.of("Bearer abc"), ""), "invalid_client");
    }

    @Test
    void shouldTakeTheSchemeInAnyCase() throws Exception {
      String header = "bAsIc" + basic("app", TestRegistry.SECRET).orElseThrow().substring(5);

      assertAuthenticated(authenticate(Optional.of(header), ""), "app");
    }
  }

  @Nested
  class ClientSecretPostOfRfc6749Section2Point3Point1 {
    @Test
    void shouldAcceptTheRightSecret() throws Exception {
      assertAuthenticated(authenticate(Optional.empty(), "client_id=app&client_secret=" + TestRegistry.SECRET), "app");
    }

    @Test
    void shouldRefuseASecretWithoutClientId() throws Exception {
      assertNotJudged(authenticate(Optional.empty(), "client_secret=x"), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "expired"})
    void shouldRefuseWrongAndExpiredSecrets(String secret) throws Exception {
      assertRefused(authenticate(Optional.empty(), "client_id=app&client_secret=" + secret), Optional.of("app"));
    }
  }

  @Nested
  class None {
    @Test
    void shouldAcceptAPublicClient() throws Exception {
      assertAuthenticated(authenticate(Optional.empty(), "client_id=tv"), "tv");
    }

    @Test
    void shouldRefuseAConfidentialClientWithoutSecret() throws Exception {
      assertRefused(authenticate(Optional.empty(), "client_id=app"), Optional.of("app"));
    }

    @Test
    void shouldRefuseASecretFromAPublicClient() throws Exception {
      assertRefused(authenticate(Optional.empty(), "client_id=tv&client_secret=x"), Optional.of("tv"));
    }
  }

  @Test
  void shouldAnswerUnknownDisabledAndWronglyProvedClientsAlike() throws Exception {
    Authentication unknown = authenticate(basic("nobody", TestRegistry.SECRET), "");
    Authentication disabled = authenticate(basic("disabled", TestRegistry.SECRET), "");
    Authentication wrong = authenticate(basic("app", "wrong"), "");

    assertRefused(unknown, Optional.empty());
    assertRefused(disabled, Optional.of("disabled"));
    assertThat(((Refused) unknown).refusal())
        .isEqualTo(((Refused) disabled).refusal()).isEqualTo(((Refused) wrong).refusal());
  }

  @Test
  void shouldRefuseWhenNothingSaysWhoAsks() throws Exception {
    assertNotJudged(authenticate(Optional.empty(), "scope=a"), "invalid_client");
  }

  @Test
  void shouldRefuseAssertions() throws Exception {
    assertNotJudged(authenticate(Optional.empty(), "client_id=app&client_assertion=a.b.c"), "invalid_client");
  }

  @Nested
  class SecretsHashedWithArgon2id {
    @Test
    void shouldAcceptTheRightOne() throws Exception {
      assertAuthenticated(authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), ""), "chosen");
    }

    @Test
    void shouldRefuseAWrongOne() throws Exception {
      assertRefused(authenticate(basic("chosen", "wrong"), ""), Optional.of("chosen"));
    }

    @Test
    void shouldRememberTheRightOne() throws Exception {
      authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), "");

      // When the pool is closed, only what is remembered can be accepted.
      slow.close();

      assertAuthenticated(authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), ""), "chosen");
      assertNotJudged(authenticate(basic("chosen", "wrong"), ""), "temporarily_unavailable");
    }

    @Test
    void shouldLookAtNoMoreOfThemAfterTooManyWrongOnesFromOneNetwork() throws Exception {
      fail("chosen", 3);

      // When the pool is closed, nothing can be compared any more.
      slow.close();
      Authentication found = authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), "");

      assertThat(((NotJudged) found).refusal().status()).isEqualTo(429);
      assertThat(((NotJudged) found).refusal().error()).isEqualTo("temporarily_unavailable");
      assertThat(((NotJudged) found).refusal().retryAfterSeconds()).isEqualTo(1);
      assertThat(limits.refused()).isEqualTo(1);
    }

    @Test
    void shouldLookAgainAfterTheDelayAndForgiveAllToWhoIsRight() throws Exception {
      fail("chosen", 3);
      now.addAndGet(Duration.ofSeconds(1).toNanos());

      assertAuthenticated(authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), ""), "chosen");
      fail("chosen", 3);
    }

    @Test
    void shouldKeepNobodyOutByWrongOnesFromElsewhere() throws Exception {
      fail("chosen", 3);

      assertAuthenticated(
          authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), "", "198.51.100.7"), "chosen");
    }

    @Test
    void shouldKeepNobodyOutWhoseSecretIsRemembered() throws Exception {
      authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), "");
      fail("chosen", 3);

      assertAuthenticated(authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), ""), "chosen");
    }

    @Test
    void shouldCountNothingWhereThereWasNoRoom() throws Exception {
      slow.close();

      for (int i = 0; i < 5; i++) {
        assertThat(((NotJudged) authenticate(basic("chosen", "wrong"), "")).refusal().status()).isEqualTo(503);
      }
    }

    private void fail(String client, int times) throws Exception {
      for (int i = 0; i < times; i++) {
        assertRefused(authenticate(basic(client, "wrong"), ""), Optional.of(client));
      }
    }

    @Test
    void shouldAnswer503AtOnceWhenThereIsNoRoom() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      assertThat(slow.offer("default/chosen", () -> {
        await(release);
        return true;
      }, false, done -> { })).isTrue();
      assertThat(slow.offer("default/chosen", () -> {
        await(release);
        return true;
      }, false, done -> { })).isTrue();

      Authentication found = authenticate(basic("chosen", TestRegistry.CHOSEN_SECRET), "");
      release.countDown();

      assertNotJudged(found, "temporarily_unavailable");
      assertThat(((NotJudged) found).refusal().retryAfterSeconds()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Authentication authenticate(Optional<String> authorization, String body) throws Exception {
    return authenticate(authorization, body, "192.0.2.1");
  }

  private Authentication authenticate(Optional<String> authorization, String body, String address) throws Exception {
    Form form = ((Checked.Accepted<Form>) FormParser.parse(body.getBytes(StandardCharsets.UTF_8))).value();
    CompletableFuture<Authentication> found = new CompletableFuture<>();
    clients.authenticate(registry, TestRegistry.TENANT, authorization, form, new Circumstances(address, Set::of,
        () -> Checked.accepted(Optional.empty()), Instant.now(), Runnable::run), found::complete);
    return found.get(20, TimeUnit.SECONDS);
  }

  private static Optional<String> basic(String id, String secret) {
    return Optional.of("Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertAuthenticated(Authentication found, String clientId) {
    assertThat(found).isInstanceOfSatisfying(Authenticated.class,
        authenticated -> assertThat(authenticated.client().id()).isEqualTo(clientId));
  }

  private static void assertRefused(Authentication found, Optional<String> clientId) {
    assertThat(found).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.refusal().error()).isEqualTo("invalid_client");
      assertThat(refused.clientId()).isEqualTo(clientId);
    });
  }

  private static void assertNotJudged(Authentication found, String error) {
    assertThat(found).isInstanceOfSatisfying(NotJudged.class,
        notJudged -> assertThat(notJudged.refusal().error()).isEqualTo(error));
  }
}
