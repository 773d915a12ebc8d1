package dev.mintlog.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.client.Client;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.extension.ExtensionRequest;
import dev.mintlog.extension.Verdict;
import dev.mintlog.extension.VerifiedUser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketGrantTest {
  private static final byte[] KEY = new byte[32];
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final TicketGrant grant = new TicketGrant(() -> KEY);

  private static ExtensionRequest request(String client, Map<String, String> parameters) {
    Client registered = new Client(client, true, Set.of(), Scopes.NONE, Set.of(), true, Client.TokenPolicy.DEFAULT,
        Client.RefreshPolicy.DEFAULT, Client.DevicePolicy.DEFAULT);
    Tenant tenant = new Tenant("default", "https://id.example", Map.of(), List.of());
    return new ExtensionRequest(tenant, registered, parameters, Optional.empty(), NOW);
  }

  private Verdict judge(String client, String ticket) throws Exception {
    return grant.judge(request(client, Map.of("ticket", ticket)));
  }

  private static String ticket(String subject, Duration lifetime) {
    return Ticket.print(KEY, "default", "desk", subject, NOW.plus(lifetime));
  }

  private static Optional<String> subject(Verdict verdict) {
    return verdict.match(accepted -> accepted.user().map(VerifiedUser::subject), refused -> Optional.empty());
  }

  private static String error(Verdict verdict) {
    return verdict.match(accepted -> "none", refused -> refused.error().code());
  }

  @Test
  void shouldNameTheVisitor() throws Exception {
    assertThat(subject(judge("desk", ticket("visitor:7", Duration.ofMinutes(1))))).contains("visitor:7");
  }

  @Test
  void shouldRefuseATicketThatExpiredOrLivesTooLong() throws Exception {
    assertThat(error(judge("desk", ticket("visitor", Duration.ZERO)))).isEqualTo("invalid_grant");
    assertThat(error(judge("desk", ticket("visitor", Duration.ofSeconds(1))))).isEqualTo("none");
    assertThat(error(judge("desk", ticket("visitor", TicketGrant.LIFETIME_MAX)))).isEqualTo("none");
    assertThat(error(judge("desk", ticket("visitor", TicketGrant.LIFETIME_MAX.plusSeconds(1)))))
        .isEqualTo("invalid_grant");
  }

  @Test
  void shouldRefuseATicketOfAnotherClientAndAChangedOne() throws Exception {
    String ticket = ticket("visitor", Duration.ofMinutes(1));

    assertThat(error(judge("other", ticket))).isEqualTo("invalid_grant");
    assertThat(error(judge("desk", ticket.replace("visitor", "manager")))).isEqualTo("invalid_grant");
    for (String text : List.of("x", "visitor:1", "visitor:999999999999:" + "0".repeat(64), "x".repeat(401))) {
      assertThat(error(judge("desk", text))).as(text).isEqualTo("invalid_grant");
    }
  }

  @Test
  void shouldSayThatTheTicketIsMissing() throws Exception {
    assertThat(error(grant.judge(request("desk", Map.of())))).isEqualTo("invalid_request");
  }

  @Test
  void shouldNotJudgeWithoutAKey() {
    assertThatThrownBy(() -> new TicketGrant(() -> {
      throw new IOException("no key");
    }).judge(request("desk", Map.of("ticket", ticket("visitor", Duration.ofMinutes(1))))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldBeFound() {
    assertThat(ServiceLoader.load(ExtensionGrant.class)).singleElement().isInstanceOf(TicketGrant.class);
  }
}
