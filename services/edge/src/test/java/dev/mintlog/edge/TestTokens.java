package dev.mintlog.edge;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.client.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/** Access tokens as the processor would sign them. */
public final class TestTokens {
  private TestTokens() {}

  /** A token that lets the login application in. */
  public static String login() {
    return token(claims -> { });
  }

  /** The same with other claims. */
  public static String token(Consumer<JWTClaimsSet.Builder> change) {
    return token(SigningAlgorithm.RS256, "at+jwt", change);
  }

  public static String token(SigningAlgorithm algorithm, String type, Consumer<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
        .issuer(TestRegistry.ISSUER).subject("login").audience("mintlog").claim("client_id", "login")
        .claim("scope", "mintlog.login").issueTime(Date.from(now)).notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5)))).jwtID("1");
    change.accept(claims);
    return sign(TestRegistry.privateKey(algorithm), algorithm, type, claims.build());
  }

  public static String sign(JWK key, SigningAlgorithm algorithm, String type, JWTClaimsSet claims) {
    try {
      JWSSigner signer = algorithm == SigningAlgorithm.EDDSA
          ? new com.nimbusds.jose.crypto.Ed25519Signer(key.toOctetKeyPair())
          : new DefaultJWSSignerFactory().createJWSSigner(key);
      SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.jws()))
          .keyID(key.getKeyID()).type(new JOSEObjectType(type)).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
