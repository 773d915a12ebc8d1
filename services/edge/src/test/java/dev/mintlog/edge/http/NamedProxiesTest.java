package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.request.AddressBlock;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedProxiesTest {
  private static final String PROXY = "10.0.0.7";
  private static final String CLIENT = "203.0.113.9";

  private final NamedProxies proxies = new NamedProxies(List.of(
      AddressBlock.parse(PROXY).orElseThrow(), AddressBlock.parse("10.1.0.0/16").orElseThrow()));

  private String client(String peer, String... lines) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : lines) {
      headers.add("x-forwarded-for", line);
    }
    return proxies.client(peer, headers);
  }

  @Test
  void shouldTakeTheLastHopThatIsNoNamedProxy() {
    assertThat(client(PROXY, CLIENT)).isEqualTo(CLIENT);
    assertThat(client(PROXY, CLIENT + ", 10.1.2.3")).isEqualTo(CLIENT);
    assertThat(client(PROXY, CLIENT, "10.1.2.3,10.1.2.4")).isEqualTo(CLIENT);
    assertThat(client(PROXY, "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  /** What stands before the hop that a named proxy saw, the client may have written itself. */
  @Test
  void shouldNotTakeWhatTheClientMayHaveWritten() {
    assertThat(client(PROXY, "198.51.100.1, " + CLIENT)).isEqualTo(CLIENT);
    assertThat(client(PROXY, "198.51.100.1", CLIENT)).isEqualTo(CLIENT);
    assertThat(client(PROXY, "nonsense, " + CLIENT + ", 10.1.2.3")).isEqualTo(CLIENT);
  }

  @Test
  void shouldIgnoreTheHeaderFromAnyOtherAddress() {
    assertThat(client(CLIENT, "198.51.100.1")).isEqualTo(CLIENT);
    assertThat(client("", "198.51.100.1")).isEmpty();
    assertThat(NamedProxies.NONE.client(PROXY,
        MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", CLIENT))).isEqualTo(PROXY);
  }

  @Test
  void shouldTakeTheConnectionsAddressWhereTheHeaderTellsNone() {
    assertThat(client(PROXY)).isEqualTo(PROXY);
    assertThat(client(PROXY, "10.1.2.3")).as("proxies alone").isEqualTo(PROXY);
    for (String malformed : new String[] {
        "", "unknown", "client.example", CLIENT + ",", CLIENT + ":80", "a,b", "1.2.3"}) {
      assertThat(client(PROXY, malformed)).as(malformed).isEqualTo(PROXY);
    }
  }
}
