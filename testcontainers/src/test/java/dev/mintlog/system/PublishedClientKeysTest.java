package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.edge.fetch.KeySetKeys;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.schema.TokenIssued;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that are fetched from where a client or an issuer publishes them: RFC 7591 §2 ({@code jwks_uri}), RFC 7523 §3. */
class PublishedClientKeysTest {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final RunningSystem system = RunningSystem.shared();
  private final AssertionKeys keys = system.registry().assertionKeys();
  private final String tokenUrl = system.publicUrl() + "/connect/token";

  // jwksUri

  @Test
  void shouldTakeTheKeysThatAClientPublishes() {
    answerTo(request(assertion("publishing-signer").signed(keys.rsa(), "PS256"))).isGranted();
    answerTo(request(assertion("publishing-signer").signed(keys.ec(), "ES256"))).isGranted();
    answerTo(request(assertion("publishing-signer").signed(keys.other(), "PS256"))).isRefused(400, "invalid_client");
    // Fetched once for all of them, whatever keys they name.
    for (int i = 0; i < 20; i++) {
      answerTo(request(assertion("publishing-signer").header("kid", "unknown-" + i).signed(keys.rsa(), "PS256")))
          .isRefused(400, "invalid_client");
    }
    assertThat(keys.server().asked("/signer")).isEqualTo(1);
  }

  @Test
  void shouldNotFollowARedirectToKeys() {
    RawAnswer answer = answerTo(request(assertion("moved-signer").signed(keys.rsa(), "PS256")))
        .isRefused(503, "temporarily_unavailable");

    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(keys.server().asked("/moved/elsewhere")).isPositive();
    assertThat(keys.server().asked("/elsewhere")).isZero();
  }

  @Test
  void shouldNotReachAPrivateAddressUnlessItIsAllowed() throws Exception {
    // Given an edge with the setting as it is where nobody sets it
    Map<String, String> texts = new HashMap<>(system.edgeTexts(0));
    texts.remove(KeySetKeys.ALLOW_PRIVATE_ADDRESSES.name());
    try (Edge edge = Edge.start(Settings.of(EdgeKeys.ALL, texts))) {
      URI url = URI.create("http://127.0.0.1:" + edge.port());

      // When
      RawAnswer answer = RawConnection.exchange(url, request(assertion("private-signer").signed(keys.rsa(), "PS256")));

      // Then
      answer.isRefused(503, "temporarily_unavailable");
      assertThat(answer.text()).doesNotContain("127.0.0.1");
      assertThat(keys.server().asked("/private")).isZero();
    }
  }

  // Issuers that a client trusts

  @Test
  void shouldTakeTheWordOfAnIssuerThatTheClientTrusts() {
    // What a platform gives a workload, which shows it as often as it needs a token.
    String token = workload().signed(keys.rsa(), "RS256");

    RawAnswer first = answerTo(request(token).and("client_id", "workload")).isGranted();
    answerTo(request(token).and("client_id", "workload")).isGranted();

    JWTClaimsSet claims = system.relyingParty().verified(first.text("access_token"));
    assertThat(claims.getSubject()).isEqualTo("workload");
    assertThat(new Log(system).events(TokenIssued.class)).filteredOn(event -> event.getJti().equals(claims.getJWTID()))
        .singleElement()
        .satisfies(event -> assertThat(event.getClientAssertionIssuer()).isEqualTo("https://platform.example"));
  }

  /** The tenant beside: an issuer with keys of its own, which are fetched from where it publishes them. */
  @Test
  void shouldTakeTheAccessTokenThatAWorkloadHasAtAnotherMintlog() {
    String token = system.client("acme", "workload").clientCredentials().accessToken();
    String ofAnother = system.client("acme", "web").clientCredentials("scope", "orders.read").accessToken();

    RawAnswer answer = answerTo(request(token).and("client_id", "workload")).isGranted();

    assertThat(system.relyingParty().verified(answer.text("access_token")).getSubject()).isEqualTo("workload");
    answerTo(request(ofAnother).and("client_id", "workload")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldTakeTheWordOfAnIssuerForNobodyElse() {
    for (WrittenAssertion other : List.of(workload().claim("sub", "repo:org/x:ref:refs/heads/other"),
        workload().claim("aud", tokenUrl), workload().claim("aud", List.of("api://exchange", "orders")),
        // RFC 7800 §3.1, RFC 8693 §4.1: good in one key's hands alone, or used by somebody else.
        workload().claim("cnf", Map.of("jkt", "x")), workload().claim("act", Map.of("sub", "orders")), workload().claim("iss", "https://other.example"),
        workload().claim("exp", Instant.now().getEpochSecond() - 60))) {
      answerTo(request(other.signed(keys.rsa(), "RS256")).and("client_id", "workload")).isRefused(400, "invalid_client");
    }
    String token = workload().signed(keys.rsa(), "RS256");
    answerTo(request(token)).isRefused(400, "invalid_client");
    answerTo(request(token).and("client_id", "signer")).isRefused(400, "invalid_client");
    answerTo(request(token).and("client_id", "service")).isRefused(400, "invalid_client");
    answerTo(request(workload().signed(keys.other(), "RS256")).and("client_id", "workload"))
        .isRefused(400, "invalid_client");
    answerTo(request(workload().header("alg", "none").with("AAAA")).and("client_id", "workload"))
        .isRefused(400, "invalid_client");
  }

  private static WrittenAssertion workload() {
    return WrittenAssertion.of("workload", "api://exchange", Instant.now()).claim("iss", "https://platform.example")
        .claim("sub", "repo:org/x:ref:refs/heads/main").claim("exp", Instant.now().getEpochSecond() + 86_400);
  }

  private WrittenAssertion assertion(String client) {
    return WrittenAssertion.of(client, tokenUrl, Instant.now());
  }

  private static RawRequest request(String assertion) {
    return RawRequest.clientCredentials().and("client_assertion_type", TYPE).and("client_assertion", assertion);
  }

  private RawAnswer answerTo(RawRequest request) {
    return RawConnection.exchange(system.edge(), request);
  }
}
