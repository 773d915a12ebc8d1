package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.CachingRelyingParty;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import dev.mintlog.processor.GrantProcessor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that live for seconds, several edges and processors, and verifiers that keep the JWKS as long as they may. */
@Timeout(300)
class SigningKeyRotationTest {
  private static final Duration BOUND = Duration.ofSeconds(120);
  private static final Duration BREATH = Duration.ofMillis(25);
  private static final RunningSystem SYSTEM = RunningSystem.withoutServices("rotation.yaml");

  @TempDir
  Path dir;

  private static GrantProcessor first;

  @BeforeAll
  static void startTwoOfEach() {
    first = SYSTEM.startProcessor();
    SYSTEM.startProcessor();
    SYSTEM.startEdge();
    SYSTEM.startEdge();
  }

  @AfterAll
  static void stop() {
    SYSTEM.close();
  }

  @Test
  void shouldRotateWithoutAnyVerifierSeeingAnUnknownKid() {
    // Given verifiers that read from either edge
    Verified verified = new Verified();
    String firstKid = verified.tokenOf("service");

    // When keys are rotated while tokens are asked for without pause
    verified.untilKidsOfService(3);
    // and one of the processors ends, and another one starts
    first.close();
    SYSTEM.startProcessor();
    verified.untilKidsOfService(4);

    // Then keys are gone as soon as no token of theirs lives, which the verifications in between have shown
    await().atMost(BOUND).pollInterval(BREATH).until(() -> {
      verified.step();
      return kids("").stream().noneMatch(firstKid::equals);
    });
    assertThat(kids("")).as("four algorithms, and of each no more than are coming, signing and ending")
        .hasSizeLessThanOrEqualTo(4 * 8);
    assertThat(verified.count).isGreaterThan(100);
  }

  @Test
  void shouldAnnounceTheNextKeyOfOneTenantWhereAnOperatorAsks() throws Exception {
    // Given
    Set<String> before = kids("/steady");

    // When
    Shell.Outcome rotated = keys("rotate", "--tenant", "steady", "--algorithm", "ES256");
    Shell.Outcome again = keys("rotate", "--tenant", "steady", "--algorithm", "ES256");

    // Then
    assertThat(rotated.exit()).as(rotated.err()).isZero();
    assertThat(rotated.out()).contains("added signing-key steady/").contains("published revision ");
    assertThat(again.out()).contains("the next keys are announced already");
    await().atMost(BOUND).until(() -> kids("/steady").size() == before.size() + 1);
    assertThat(kids("/steady")).containsAll(before);
    Answer answer = SYSTEM.client("steady", "service").clientCredentials("scope", "orders.read");
    assertThat(RelyingParty.header(answer.accessToken()).getKeyID()).isIn(before);
  }

  @Test
  void shouldWithdrawAStolenKeyAtOnce() throws Exception {
    // Given a token that is active, and the key that signed it
    TokenClient service = SYSTEM.client("stolen", "service");
    Answer before = service.clientCredentials("scope", "orders.read");
    String stolen = RelyingParty.header(before.accessToken()).getKeyID();
    assertThat(isActive(service, before)).isTrue();

    // When
    Shell.Outcome withdrawn = withdraw(stolen);
    Shell.Outcome again = withdraw(stolen);

    // Then
    assertThat(withdrawn.exit()).as(withdrawn.err()).isZero();
    assertThat(withdrawn.out()).contains("removed signing-key stolen/" + stolen, "signs from now on, unannounced",
        "until they fetch it again they accept tokens of the withdrawn key, and see an unknown kid");
    assertThat(again.exit()).isNotZero();
    assertThat(again.err()).contains("expected the kid of a signing key of tenant stolen");
    for (int edge = 0; edge < 2; edge++) {
      TokenClient there = service.at(URI.create(SYSTEM.edge(edge) + "/stolen"));
      RelyingParty relyingParty = new RelyingParty(URI.create(SYSTEM.edge(edge) + "/stolen"));
      await().atMost(BOUND).until(() -> !isActive(there, before));
      assertThat(relyingParty.keys().getKeyByKeyId(stolen)).isNull();
      Answer after = there.clientCredentials("scope", "orders.read");
      assertThat(after.status()).as(after.toString()).isEqualTo(200);
      assertThat(RelyingParty.header(after.accessToken()).getKeyID()).isNotEqualTo(stolen)
          .isIn(relyingParty.keys().getKeys().stream().map(JWK::getKeyID).toList());
      assertThat(isActive(there, after)).isTrue();
    }
  }

  private static boolean isActive(TokenClient client, Answer issued) {
    return client.introspect(issued.accessToken()).json().path("active").asBoolean();
  }

  private Shell.Outcome withdraw(String kid) throws Exception {
    return keys("withdraw", kid, "--tenant", "stolen");
  }

  private Shell.Outcome keys(String... words) throws Exception {
    String config = SYSTEM.operatorTexts().entrySet().stream()
        .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n").collect(Collectors.joining());
    Path operator = Files.writeString(dir.resolve("operator.yaml"), config);
    List<String> command = new ArrayList<>(UpProcess.ownJvm());
    command.add("keys");
    command.addAll(List.of(words));
    command.addAll(List.of("--config", operator.toString()));
    return Shell.run(Checkout.resolve("."), Map.of(), command.toArray(String[]::new));
  }

  private static Set<String> kids(String tenantPath) {
    return new RelyingParty(URI.create(SYSTEM.edge() + tenantPath)).keys().getKeys().stream()
        .map(JWK::getKeyID).collect(Collectors.toSet());
  }

  /** Tokens, verified by everybody when they are issued and again and again for as long as they live. */
  private static final class Verified {
    private record Living(String token, Instant expiresAt) {}

    private final List<CachingRelyingParty> verifiers = List.of(
        new CachingRelyingParty(SYSTEM.edge(0)), new CachingRelyingParty(SYSTEM.edge(1)),
        new CachingRelyingParty(SYSTEM.edge(0)));
    private final Deque<Living> living = new ArrayDeque<>();
    private final Set<String> kidsOfService = new LinkedHashSet<>();
    private int count;

    void untilKidsOfService(int kids) {
      await().atMost(BOUND).pollInterval(BREATH).until(() -> {
        step();
        return kidsOfService.size() >= kids;
      });
    }

    void step() {
      kidsOfService.add(tokenOf("service"));
      tokenOf("service-es256");
      living.removeIf(one -> one.expiresAt().isBefore(Instant.now()));
      for (Living one : living) {
        verifiers.forEach(verifier -> assertKnown(one, verifier));
      }
    }

    /** Has a token issued and verified by all; its kid. */
    String tokenOf(String client) {
      Answer answer = SYSTEM.client(client).at(SYSTEM.edge(count++ % 2)).clientCredentials("scope", "orders.read");
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      JWTClaimsSet claims = null;
      for (CachingRelyingParty verifier : verifiers) {
        claims = verifier.verified(answer.accessToken());
      }
      living.add(new Living(answer.accessToken(), claims.getExpirationTime().toInstant()));
      return RelyingParty.header(answer.accessToken()).getKeyID();
    }

    private static void assertKnown(Living one, CachingRelyingParty verifier) {
      String kid = RelyingParty.header(one.token()).getKeyID();
      assertThat(verifier.keys().getKeyByKeyId(kid)).as("key of a token that lives until %s", one.expiresAt())
          .isNotNull();
    }
  }
}
