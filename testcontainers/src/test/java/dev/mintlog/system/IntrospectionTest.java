package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 7662 over two edges: what is revoked at one is inactive at the other. */
class IntrospectionTest {
  private static final String WEB = "https://web.example/callback";
  private static final String ORDERS = "https://orders.example";

  private final RunningSystem system = RunningSystem.withoutServices();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void shouldAnswerOnEveryEdgeWhatWasAnsweredOnOne() {
    system.startProcessor();
    system.startEdge();
    system.startEdge();

    seesWhatItMay();
    isInactiveEverywhereFromTheAnswerToARevocationOn();
    isNotKnownWithoutRedis();
  }

  private void seesWhatItMay() {
    Answer tokens = tokens();
    TokenClient orders = api("orders-api", ORDERS);

    Answer seen = orders.introspect(tokens.accessToken());

    assertThat(seen.json().get("active").asBoolean()).as(seen.toString()).isTrue();
    assertThat(seen.text("sub")).isEqualTo(LoginApplication.SUBJECT);
    assertThat(seen.text("client_id")).isEqualTo("web");
    assertThat(seen.text("scope")).isEqualTo("orders.read orders.write");
    assertThat(seen.text("jti"))
        .isEqualTo(system.relyingParty().verified(tokens.accessToken()).getJWTID());
    assertThat(isActive(system.client("web").introspect(tokens.refreshToken()))).isTrue();
    // Others see nothing, and neither does anybody see an ID token or another tenant's token.
    assertThat(isActive(api("billing-api", "https://billing.example").introspect(tokens.accessToken()))).isFalse();
    assertThat(isActive(system.client("other-web").introspect(tokens.accessToken()))).isFalse();
    assertThat(isActive(system.client("other-web").introspect(tokens.refreshToken()))).isFalse();
    assertThat(isActive(system.client("web").introspect(tokens.text("id_token")))).isFalse();
    String service = system.client("service").clientCredentials("scope", "orders.read").accessToken();
    assertThat(isActive(orders.introspect(service))).as("a token without authorization").isTrue();
  }

  private void isInactiveEverywhereFromTheAnswerToARevocationOn() {
    List<Answer> authorizations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      authorizations.add(tokens());
    }
    TokenClient web = system.client("web");
    TokenClient orders = api("orders-api", ORDERS);
    for (Answer tokens : authorizations) {
      assertThat(isActive(orders.at(system.edge(1)).introspect(tokens.accessToken()))).isTrue();

      assertThat(web.revoke(tokens.refreshToken()).status()).isEqualTo(200);

      assertThat(isActive(orders.at(system.edge(1)).introspect(tokens.accessToken()))).isFalse();
      assertThat(isActive(web.at(system.edge(1)).introspect(tokens.refreshToken()))).isFalse();
      assertThat(isActive(orders.introspect(tokens.accessToken()))).isFalse();
    }
  }

  private void isNotKnownWithoutRedis() {
    String token = tokens().accessToken();
    system.redis().close();

    Answer answer = api("orders-api", ORDERS).introspect(token);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
  }

  private static boolean isActive(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().get("active").asBoolean();
  }

  private TokenClient api(String secretOf, String name) {
    return TokenClient.confidential(system.edge(),
        new DemoClient(name, system.registry().client(secretOf).secret()));
  }

  private Answer tokens() {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);
    Answer answer = system.client("web").redeem(code, pkce.verifier(), WEB);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }
}
