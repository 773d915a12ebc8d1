package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.ResponseSigned;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 9701 and OpenID Connect Core §5.3.2: responses that can be shown to others. */
class SignedResponsesTest {
  private static final String PEOPLE = "https://people.example/callback";
  private static final String ORDERS = "https://orders.example";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldSignWhatAnApiIsToldOfAToken() throws Exception {
    String token = system.client("service").clientCredentials("scope", "orders.read").accessToken();

    Answer active = introspect(token);
    Answer inactive = introspect("nonsense");

    SignedJWT jwt = verified(active, "application/token-introspection+jwt");
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("token-introspection+jwt");
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(system.publicUrl());
    assertThat(claims.getAudience()).containsExactly(ORDERS);
    assertThat(claims.getIssueTime()).isNotNull();
    assertThat(claims.getSubject()).as("no token").isNull();
    assertThat(claims.getExpirationTime()).as("no token").isNull();
    assertThat(claims.getJSONObjectClaim("token_introspection"))
        .containsEntry("active", true).containsEntry("client_id", "service").containsEntry("scope", "orders.read");
    assertThat(verified(inactive, "application/token-introspection+jwt").getJWTClaimsSet()
        .getJSONObjectClaim("token_introspection")).isEqualTo(Map.of("active", false));
    assertThat(new Log(system).events(ResponseSigned.class))
        .anySatisfy(event -> assertThat(event.getHeader().getClientId()).isEqualTo(ORDERS))
        .allSatisfy(event -> assertThat(event.toString()).doesNotContain("active"));
  }

  @Test
  void shouldSignWhatAClientIsToldOfAUserWhereItIsRegisteredForThat() throws Exception {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("people-signed", PEOPLE, pkce, "subject", "paula");
    Answer tokens = system.client("people-signed").redeem(code, pkce.verifier(), PEOPLE);
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);

    Answer told = TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo"))
        .header("Authorization", "Bearer " + tokens.accessToken()).build());

    SignedJWT jwt = verified(told, "application/jwt");
    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(system.publicUrl());
    assertThat(claims.getAudience()).containsExactly("people-signed");
    assertThat(claims.getSubject()).isEqualTo("paula");
    assertThat(claims.getStringClaim("email")).isEqualTo("paula@example.org");
    assertThat(claims.getExpirationTime()).as("no ID token").isNull();
  }

  private Answer introspect(String token) throws Exception {
    String secret = system.registry().client("orders-api").secret();
    return TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/introspect"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/token-introspection+jwt")
        .header("Authorization", TokenClient.basic(ORDERS, secret))
        .POST(BodyPublishers.ofString(TokenClient.form(TokenClient.fields("token", token)))).build());
  }

  private SignedJWT verified(Answer answer, String contentType) throws Exception {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(contentType);
    SignedJWT jwt = SignedJWT.parse(answer.http().body());
    JWK key = JWKSet.load(URI.create(system.edge() + "/.well-known/jwks.json").toURL())
        .getKeyByKeyId(jwt.getHeader().getKeyID());
    assertThat(jwt.verify(new DefaultJWSVerifierFactory()
        .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey()))).isTrue();
    return jwt;
  }
}
