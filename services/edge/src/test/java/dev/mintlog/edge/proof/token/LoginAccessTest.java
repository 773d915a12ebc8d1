package dev.mintlog.edge.proof.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginAccessTest {
  private final RegistrySnapshot registry = TestRegistry.snapshot();
  private final LoginAccess access = new LoginAccess(new AccessTokenVerifier());

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void shouldLetInWhoHasATokenOfOursWithTheScope(SigningAlgorithm algorithm) {
    assertThat(check("Bearer " + TestTokens.token(algorithm, "at+jwt", claims -> { })))
        .isInstanceOfSatisfying(Checked.Accepted.class,
            accepted -> assertThat(((RegisteredClient) accepted.value()).id()).isEqualTo("login"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer garbage", "Bearer a.b.c"})
  void shouldRefuseWhenThereIsNoToken(String authorization) {
    assertRefused(check(authorization), 401, "invalid_token");
  }

  @Test
  void shouldRefuseAnIdToken() {
    assertRefused(check("Bearer " + TestTokens.token(SigningAlgorithm.RS256, "JWT", claims -> { })), 401,
        "invalid_token");
  }

  @Test
  void shouldRefuseATokenSignedWithAnotherKeyUnderOurKid() throws Exception {
    String kid = TestRegistry.privateKey(SigningAlgorithm.RS256).getKeyID();
    String forged = TestTokens.sign(new RSAKeyGenerator(2048).keyID(kid).generate(), SigningAlgorithm.RS256, "at+jwt",
        new JWTClaimsSet.Builder().issuer(TestRegistry.ISSUER).audience("mintlog").claim("client_id", "login")
            .claim("scope", "mintlog.login").expirationTime(Date.from(Instant.now().plusSeconds(60))).build());

    assertRefused(check("Bearer " + forged), 401, "invalid_token");
  }

  @Test
  void shouldRefuseATokenWithoutSignature() {
    String[] parts = TestTokens.login().split("\\.");
    String none = Base64.getUrlEncoder().withoutPadding()
        .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes());

    assertRefused(check("Bearer " + none + "." + parts[1] + "."), 401, "invalid_token");
  }

  @Test
  void shouldRefuseAnAlgorithmThatIsNotTheKeys() throws Exception {
    com.nimbusds.jose.jwk.JWK rsa = TestRegistry.privateKey(SigningAlgorithm.RS256);
    String other =
        TestTokens.sign(rsa.toRSAKey(), SigningAlgorithm.RS256, "at+jwt", new JWTClaimsSet.Builder().build());
    String header = Base64.getUrlEncoder().withoutPadding().encodeToString(
        ("{\"alg\":\"PS256\",\"typ\":\"at+jwt\",\"kid\":\"" + rsa.getKeyID() + "\"}").getBytes());

    assertRefused(check("Bearer " + header + other.substring(other.indexOf('.'))), 401, "invalid_token");
  }

  @Test
  void shouldRefuseAnExpiredToken() {
    assertRefused(check("Bearer " + TestTokens.token(
        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(1))))), 401, "invalid_token");
  }

  @Test
  void shouldRefuseATokenThatIsNotYetValid() {
    assertRefused(check("Bearer " + TestTokens.token(
        claims -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofMinutes(1)))))), 401, "invalid_token");
  }

  @Test
  void shouldRefuseATokenForAnotherAudienceOrByAnotherIssuer() {
    assertRefused(check("Bearer " + TestTokens.token(claims -> claims.audience("https://api.example"))), 401,
        "invalid_token");
    assertRefused(check("Bearer " + TestTokens.token(claims -> claims.issuer("https://other.example"))), 401,
        "invalid_token");
  }

  // RFC 8705 §3 and RFC 9449 §7: it opens nothing without the key.
  @Test
  void shouldRefuseATokenThatIsBoundToAKey() {
    assertRefused(check("Bearer " + TestTokens.token(
        claims -> claims.claim("cnf", java.util.Map.of("jkt", "k".repeat(43))))), 401, "invalid_token");
  }

  @Test
  void shouldRefuseATokenWithoutTheScope() {
    assertRefused(check("Bearer " + TestTokens.token(claims -> claims.claim("scope", "mintlog.login.not api.read"))),
        403, "insufficient_scope");
  }

  @Test
  void shouldRefuseAClientThatMayNotAnyMore() {
    assertRefused(check("Bearer " + TestTokens.token(claims -> claims.claim("client_id", "disabled"))), 401,
        "invalid_token");
    assertRefused(check("Bearer " + TestTokens.token(claims -> claims.claim("client_id", "app"))), 403,
        "insufficient_scope");
  }

  private Checked<RegisteredClient> check(String authorization) {
    return access.check(registry, TestRegistry.TENANT, Optional.of(authorization), Instant.now());
  }

  private static void assertRefused(Checked<RegisteredClient> checked, int status, String error) {
    assertThat(checked).isInstanceOfSatisfying(Checked.Refused.class, refused ->
        assertThat(refused.refusal()).extracting(Refusal::status, Refusal::error).containsExactly(status, error));
  }
}
