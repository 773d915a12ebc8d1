package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.schema.TokenIssued;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6749 §4.4. */
class ClientCredentialsGrantTest {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldIssueAnAccessTokenOfRfc9068ForTheScopesAskedFor() throws Exception {
    // When
    Answer answer = system.client("service").clientCredentials("scope", "orders.write orders.read");

    // Then
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    assertThat(answer.json().get("expires_in").asInt()).isEqualTo(3600);
    assertThat(answer.text("scope")).isEqualTo("orders.read orders.write");
    assertThat(answer.has("refresh_token")).as("RFC 6749 4.4.3: a refresh token SHOULD NOT be included").isFalse();
    assertThat(answer.has("id_token")).isFalse();
    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(RelyingParty.header(answer.accessToken()).getType().getType()).isEqualTo("at+jwt");
    assertThat(claims.getIssuer()).isEqualTo(system.publicUrl());
    assertThat(claims.getSubject()).isEqualTo("service");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("service");
    assertThat(claims.getAudience()).containsExactly("https://orders.example");
    assertThat(claims.getStringClaim("scope")).isEqualTo("orders.read orders.write");
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()).isEqualTo(3_600_000);
  }

  @Test
  void shouldForbidToKeepTheAnswer() {
    Answer answer = system.client("service").clientCredentials();

    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Pragma")).contains("no-cache");
    assertThat(answer.header("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
  }

  @Test
  void shouldGrantAllApiScopesWhereNoneIsAskedFor() {
    Answer answer = system.client("service").clientCredentials();

    assertThat(answer.text("scope")).isEqualTo("billing.read orders.read orders.write");
    assertThat(system.relyingParty().verified(answer.accessToken()).getAudience())
        .containsExactlyInAnyOrder("https://billing.example", "https://orders.example");
  }

  @ParameterizedTest
  @CsvSource({"service,RS256", "service-ps256,PS256", "service-es256,ES256", "service-eddsa,EdDSA"})
  void shouldSignWithTheAlgorithmOfTheClient(String client, String algorithm) {
    Answer answer = system.client(client).clientCredentials("scope", "orders.read");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(RelyingParty.header(answer.accessToken()).getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(system.relyingParty().verified(answer.accessToken()).getSubject()).isEqualTo(client);
  }

  @Test
  void shouldAcceptASecretThatIsHashedWithArgon2id() {
    assertThat(system.client("service-argon2").clientCredentials().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"unknown", "mintlog.login", "openid", "offline_access", "orders.read unknown"})
  void shouldRefuseAScopeThatIsNotAnAllowedApiScope(String scope) {
    Answer answer = system.client("service").clientCredentials("scope", scope);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_scope");
    assertThat(answer.text("error_description")).startsWith("expected");
  }

  @Test
  void shouldRefuseAClientThatHasNoScopes() {
    assertThat(system.client("no-scopes").clientCredentials().error()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldRefuseAClientThatIsNotRegisteredForTheGrant() {
    Answer answer = system.client("web").clientCredentials();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("unauthorized_client");
  }

  @Test
  void shouldHaveTheRecordInTheLogWhenTheAnswerArrives() throws Exception {
    // When
    Answer answer = system.client("service").clientCredentials("scope", "billing.read");

    // Then: read after the answer, without waiting
    String jti = system.relyingParty().verified(answer.accessToken()).getJWTID();
    List<TokenIssued> issued = new Log(system).events(TokenIssued.class).stream()
        .filter(event -> event.getJti().equals(jti)).toList();
    assertThat(issued).hasSize(1);
    assertThat(issued.get(0).getHeader().getClientId()).isEqualTo("service");
    assertThat(issued.get(0).getScope()).isEqualTo("billing.read");
    assertThat(issued.get(0).getKid()).isEqualTo(RelyingParty.header(answer.accessToken()).getKeyID());
  }
}
