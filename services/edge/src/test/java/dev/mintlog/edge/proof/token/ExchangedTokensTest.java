package dev.mintlog.edge.proof.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Confirmation.Method;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.proof.token.ExchangedTokens.Receiver;
import dev.mintlog.edge.request.Checked;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 7800 §3.1: a token that is bound to a key is worth something to whom has the key, at an exchange as elsewhere. */
class ExchangedTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String KEY = "k".repeat(43);
  private static final String OTHER = "o".repeat(43);

  private final ExchangedTokens tokens = new ExchangedTokens();

  private Checked<ExchangedToken> presented(Object cnf, Optional<Confirmation> proved) {
    Map<String, Object> said = new HashMap<>(Map.of("iss", TestRegistry.ISSUER, "sub", "alice", "client_id", "till",
        "jti", "A".repeat(22) + ".B", "iat", NOW.getEpochSecond(), "exp", NOW.plusSeconds(60).getEpochSecond(),
        "aud", List.of("https://orders.example"), "scope", "orders.read"));
    if (cnf != null) {
      said.put("cnf", cnf);
    }
    return tokens.ofReference(new Receiver(TestRegistry.snapshot(), "default", proved, NOW), "subject_token", said);
  }

  private static Optional<Confirmation> proof(Method method, String thumbprint) {
    return Optional.of(new Confirmation(method, thumbprint));
  }

  private static String outcome(Checked<ExchangedToken> checked) {
    return checked.match(ExchangedToken::subject, refusal -> refusal.error() + " " + refusal.description());
  }

  @Test
  void shouldTakeABearerTokenWhateverTheRequestProves() {
    assertThat(outcome(presented(null, Optional.empty()))).isEqualTo("alice");
    assertThat(outcome(presented(null, proof(Method.JKT, KEY)))).isEqualTo("alice");
  }

  @Test
  void shouldTakeABoundTokenWithTheProofOfItsKey() {
    assertThat(outcome(presented(Map.of("jkt", KEY), proof(Method.JKT, KEY)))).isEqualTo("alice");
    assertThat(outcome(presented(Map.of("x5t#S256", KEY), proof(Method.X5T_S256, KEY)))).isEqualTo("alice");
  }

  @Test
  void shouldRefuseABoundTokenWithoutTheProofOfItsKey() {
    List<Checked<ExchangedToken>> refused = List.of(
        presented(Map.of("jkt", KEY), Optional.empty()),
        presented(Map.of("jkt", KEY), proof(Method.JKT, OTHER)),
        presented(Map.of("jkt", KEY), proof(Method.X5T_S256, KEY)),
        presented(Map.of("x5t#S256", KEY), proof(Method.JKT, KEY)),
        presented(Map.of("jkt", KEY, "x5t#S256", OTHER), proof(Method.JKT, KEY)),
        presented(Map.of("kid", KEY), proof(Method.JKT, KEY)),
        presented(KEY, proof(Method.JKT, KEY)));

    assertThat(refused).allSatisfy(token ->
        assertThat(outcome(token)).startsWith("invalid_request subject_token: expected a bearer token"));
  }
}
