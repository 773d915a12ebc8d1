package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.server.HttpBounds;
import dev.mintlog.edge.request.AddressBlock;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gives wrong secrets that are costly to compare is slowed down, and is known by the address a named proxy saw. */
class SlowedClientsTest {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String GUESSER = "203.0.113.9";
  private static final String HONEST = "198.51.100.7";

  private ServedEdge edge;

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void shouldSlowDownTheGuesserBehindANamedProxyAndNobodyElse() throws Exception {
    edge = new ServedEdge(new NamedProxies(List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow())),
        HttpBounds.DEFAULT);

    // Given
    for (int i = 0; i < 4; i++) {
      assertThat(ask("wrong", HONEST + i + ", " + GUESSER).statusCode()).isEqualTo(401);
    }

    // When
    HttpResponse<String> refused = ask(TestRegistry.CHOSEN_SECRET, GUESSER);

    // Then
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(new JsonObject(refused.body()).getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(refused.headers().firstValueAsLong("retry-after")).hasValue(1);
    assertThat(proved(ask(TestRegistry.CHOSEN_SECRET, HONEST))).as("from another network").isTrue();
  }

  @Test
  void shouldNotBelieveTheHeaderOfAnybodyElse() throws Exception {
    edge = new ServedEdge(new NamedProxies(List.of(AddressBlock.parse("192.0.2.1").orElseThrow())),
        HttpBounds.DEFAULT);

    for (int i = 0; i < 4; i++) {
      assertThat(ask("wrong", "198.51.100." + i).statusCode()).isEqualTo(401);
    }

    assertThat(ask("wrong", "198.51.100.99").statusCode()).isEqualTo(429);
  }

  private HttpResponse<String> ask(String secret, String forwardedFor) throws Exception {
    // Without a grant: what is asked for does not matter, who asks does.
    String[] basic = ServedEdge.basic("chosen", secret);
    return edge.postFormNow("/connect/token", "grant_type=unheard-of", basic[0], basic[1], FORWARDED_FOR, forwardedFor);
  }

  private static boolean proved(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error").equals("unsupported_grant_type");
  }
}
