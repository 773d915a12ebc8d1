package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis loses everything; the changelog brings it back. */
class RedisForgetsTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.withoutServices();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void shouldKeepLiveHandlesAliveAndSpentOnesSpent() {
    // Given a spent code, a live refresh handle, a rotated-away one and an unspent code
    system.startProcessor();
    system.startEdge();
    Pkce pkce = Pkce.random();
    String spent = system.loginApplication().code("web", WEB, pkce);
    Answer first = system.client("web").redeem(spent, pkce.verifier(), WEB);
    String live = system.client("web").refresh(first.refreshToken()).refreshToken();
    String unspent = system.loginApplication().code("web", WEB, pkce);
    String reused = system.loginApplication().code("web", WEB, pkce);
    Answer other = system.client("web").redeem(reused, pkce.verifier(), WEB);

    // When
    forgetEverything();

    // Then
    assertThat(system.client("web").refresh(live).status()).as("live handle").isEqualTo(200);
    assertThat(system.client("web").redeem(unspent, pkce.verifier(), WEB).status()).as("unspent code").isEqualTo(200);
    assertThat(system.client("web").redeem(reused, pkce.verifier(), WEB).error()).as("spent code")
        .isEqualTo("invalid_grant");
    assertThat(system.client("web").refresh(other.refreshToken()).error()).as("and what came of it")
        .isEqualTo("invalid_grant");
  }

  @Test
  void shouldAnswer503UntilTheOwnersHaveWrittenBack() throws Exception {
    // Given a device that waits for its user, and no processor that could write anything back
    var processor = system.startProcessor();
    system.startEdge();
    LoginApplication login = system.loginApplication();
    Answer device = system.publicClient("tv").device();
    LoginApplication withToken = login.withTokenTaken();
    assertThat(withToken.look(device.text("user_code")).status()).isEqualTo(200);
    processor.close();

    // When
    forgetEverything();

    // Then
    assertThat(withToken.look(device.text("user_code")).status()).isEqualTo(503);
    system.startProcessor();
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(
        () -> assertThat(withToken.look(device.text("user_code")).status()).isEqualTo(200));
    assertThat(login.approve(device.text("user_code")).status()).isIn(200, 204);
    assertThat(system.publicClient("tv").poll(device.text("device_code")).status()).isEqualTo(200);
  }

  @Test
  void shouldServeAgainAfterRedisWasRestarted() throws Exception {
    system.startProcessor();
    system.startEdge();
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);
    Answer first = system.client("web").redeem(code, pkce.verifier(), WEB);

    system.redis().kill();
    system.redis().start();

    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
        system.client("web").refresh(first.refreshToken()).status()).isEqualTo(200));
  }

  private void forgetEverything() {
    RedisClient client = RedisClient.create(system.redis().uri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().flushall();
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }
}
