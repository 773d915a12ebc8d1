package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.X25519Decrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ID tokens that only their client can read: signed, then encrypted, OpenID Connect Core §2 and §10.2. */
class EncryptedIdTokenTest {
  private static final String REDIRECT = "https://sealed.example/callback";

  private final RunningSystem system = RunningSystem.shared();

  private Answer signedIn(String client) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code(client, REDIRECT, pkce, "scope", "openid offline_access orders.read");
    Answer answer = system.client(client).redeem(code, pkce.verifier(), REDIRECT);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static JWEDecrypter decrypter(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? new RSADecrypter(rsa)
        : key instanceof ECKey ec ? new ECDHDecrypter(ec) : new X25519Decrypter(key.toOctetKeyPair());
  }

  private JWTClaimsSet read(String client, String idToken) throws Exception {
    JWEObject jwe = JWEObject.parse(idToken);
    jwe.decrypt(decrypter(system.registry().decryptionKey(client)));
    assertThat(jwe.getHeader().getContentType()).as("RFC 7519 §5.2").isEqualTo("JWT");
    assertThat(jwe.getHeader().getKeyID()).isEqualTo(client);
    return system.relyingParty().verified(jwe.getPayload().toString());
  }

  @ParameterizedTest
  @CsvSource({"sealed-rsa,RSA-OAEP-256,A256GCM", "sealed-ec,ECDH-ES,A128CBC-HS256",
      "sealed-x25519,ECDH-ES+A256KW,A256CBC-HS512"})
  void shouldSignAndThenEncryptForTheKeyOfTheClient(String client, String algorithm, String method) throws Exception {
    Answer tokens = signedIn(client);

    JWEObject jwe = JWEObject.parse(tokens.text("id_token"));
    assertThat(jwe.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(jwe.getHeader().getEncryptionMethod().getName()).isEqualTo(method);
    JWTClaimsSet claims = read(client, tokens.text("id_token"));
    assertThat(claims.getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(claims.getAudience()).containsExactly(client);
    assertThat(claims.getStringClaim("nonce")).isEqualTo("n-0S6_WzA2Mj");
  }

  @Test
  void shouldEncryptAtARefreshAsWell() throws Exception {
    Answer refreshed = system.client("sealed-ec").refresh(signedIn("sealed-ec").refreshToken());

    assertThat(read("sealed-ec", refreshed.text("id_token")).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldLeaveTheAccessTokenReadableToItsApis() throws Exception {
    assertThat(system.relyingParty().verified(signedIn("sealed-rsa").accessToken()).getSubject())
        .isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldBeReadableToNobodyElse() throws Exception {
    JWEObject jwe = JWEObject.parse(signedIn("sealed-ec").text("id_token"));
    JWEDecrypter another = new ECDHDecrypter(
        new com.nimbusds.jose.jwk.gen.ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256).generate());

    assertThatThrownBy(() -> jwe.decrypt(another)).isInstanceOf(JOSEException.class);
  }
}
