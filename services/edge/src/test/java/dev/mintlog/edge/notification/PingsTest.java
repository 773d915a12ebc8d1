package dev.mintlog.edge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID CIBA Core §10.2. */
class PingsTest {
  private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final String BROKEN = "HTTP/1.1 503 Service Unavailable\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private TestEndpoint endpoint;
  private Pings pings;

  @AfterEach
  void close() throws Exception {
    pings.close();
    endpoint.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldPostTheAuthReqIdWithTheClientsToken() throws Exception {
    start(true, OK);

    assertThat(pings.offer(ping())).isTrue();

    settled();
    assertThat(endpoint.received).singleElement().satisfies(request -> assertThat(request.split("\n"))
        .startsWith("POST /ping?of=bank HTTP/1.1").endsWith("", "{\"auth_req_id\":\"req-42\"}")
        .contains("host: " + endpoint.uri().getAuthority(), "Authorization: Bearer t0ken",
            "Content-Type: application/json", "connection: close"));
  }

  @Test
  void shouldTryAgainWhereTheServerFails() throws Exception {
    start(true, BROKEN, BROKEN, OK);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(3);
  }

  @Test
  void shouldGiveUpAfterTheLastAttempt() throws Exception {
    start(true, BROKEN);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(3);
  }

  /** §10.2: "The OP MUST NOT follow redirects". */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n", "HTTP/1.1 401 No\r\n\r\n"})
  void shouldNotFollowNorRepeatWhatWasRefused(String answer) throws Exception {
    start(true, answer);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(1);
  }

  @Test
  void shouldNotWaitForAnAnswerForEver() throws Exception {
    start(true, "", OK);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(2);
  }

  @Test
  void shouldReadNothingOfTheAnswerButItsStatus() throws Exception {
    start(true, "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\nx");

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(1);
  }

  @Test
  void shouldTakeNothingElseForAnAnswer() throws Exception {
    start(true, "x".repeat(10_000), OK);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).hasSize(2);
  }

  @Test
  void shouldNotReachAnAddressThatIsNotPublic() throws Exception {
    start(false, OK);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).isEmpty();
  }

  @Test
  void shouldNotTellAServerWhoseCertificateIsForAnotherAddress() throws Exception {
    endpoint = new TestEndpoint("127.0.0.2", OK);
    pings = pings(true);

    pings.offer(ping());

    settled();
    assertThat(endpoint.received).isEmpty();
  }

  @Test
  void shouldRefuseMoreThanFitsAndMoreThanHalfOfOneClient() throws Exception {
    start(true, "");

    assertThat(pings.offer(ping())).isTrue();
    assertThat(pings.offer(ping())).isTrue();
    assertThat(pings.offer(ping())).as("the third of one client").isFalse();
    assertThat(pings.offer(ping("default/shop"))).isTrue();
    assertThat(pings.offer(ping("default/mill"))).isTrue();
    assertThat(pings.offer(ping("default/farm"))).as("the fifth of all").isFalse();
  }

  @Test
  void shouldNotPrintItsSecrets() throws Exception {
    start(true, OK);

    assertThat(ping().toString()).doesNotContain("t0ken", "req-42");
  }

  private void start(boolean allowPrivate, String... answers) throws Exception {
    endpoint = new TestEndpoint("127.0.0.1", answers);
    pings = pings(allowPrivate);
  }

  private Pings pings(boolean allowPrivate) {
    return new Pings(vertx, new NotificationConfig(1, 4, Duration.ofSeconds(2), 3, allowPrivate, endpoint.authorities()),
        Duration.ofMillis(1));
  }

  private void settled() {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pings.waiting() == 0);
  }

  private Ping ping() {
    return ping("default/bank");
  }

  private Ping ping(String client) {
    return new Ping(client, endpoint.uri(), "t0ken", "req-42");
  }
}
