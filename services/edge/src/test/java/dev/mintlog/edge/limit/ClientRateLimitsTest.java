package dev.mintlog.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientRateLimitsTest {
  private static final RegisteredClient APP = client("app");
  private static final RegisteredClient TV = client("tv");
  private static final RegisteredClient LIMITED = client("limited");
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final AtomicLong now = new AtomicLong();
  private final ClientRateLimits limits = new ClientRateLimits(Optional.of(new RateLimit(1, 1)), now::get);

  private static RegisteredClient client(String id) {
    return TestRegistry.snapshot().client("default", id).orElseThrow();
  }

  @Test
  void shouldRefuseWith429AndSayWhenToTryAgain() {
    limits.count("default", APP, HERE);

    Refusal refusal = limits.count("default", APP, HERE).orElseThrow();

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.error()).isEqualTo("temporarily_unavailable");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
    assertThat(limits.refused()).isEqualTo(1);
  }

  @Test
  void shouldCountAConfidentialClientWhereverItIs() {
    limits.count("default", APP, HERE);

    assertThat(limits.count("default", APP, THERE)).isPresent();
  }

  @Test
  void shouldCountAPublicClientForEachNetwork() {
    limits.count("default", TV, HERE);

    assertThat(limits.count("default", TV, HERE)).isPresent();
    assertThat(limits.count("default", TV, THERE)).isEmpty();
  }

  @Test
  void shouldTakeASubnetOfIpv6ForOne() {
    limits.count("default", TV, "2001:db8:0:1:aaaa::1");

    assertThat(limits.count("default", TV, "2001:db8::1:bbbb:0:0:2")).isPresent();
    assertThat(limits.count("default", TV, "2001:db8:0:2::1")).isEmpty();
  }

  @Test
  void shouldCountForEachTenant() {
    limits.count("default", APP, HERE);

    assertThat(limits.count("acme", APP, HERE)).isEmpty();
  }

  @Test
  void shouldPreferTheClientsOwnLimit() {
    for (int i = 0; i < 3; i++) {
      assertThat(limits.count("default", LIMITED, HERE)).isEmpty();
    }
    assertThat(limits.count("default", LIMITED, HERE)).isPresent();
  }

  @Test
  void shouldLimitNobodyWhereNothingSaysSo() {
    ClientRateLimits none = new ClientRateLimits(Optional.empty(), now::get);

    for (int i = 0; i < 1_000; i++) {
      assertThat(none.count("default", APP, HERE)).isEmpty();
    }
  }
}
