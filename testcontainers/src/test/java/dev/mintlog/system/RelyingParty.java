package dev.mintlog.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Date;

/** Verifies tokens the way a relying party does: keys from the served JWKS, found by kid, nothing believed before. */
final class RelyingParty {
  private final URI edge;

  RelyingParty(URI edge) {
    this.edge = edge;
  }

  /** The claims of a token whose signature fits the served key and that is in force now. */
  JWTClaimsSet verified(String token) {
    return verified(token, keys());
  }

  /** The same with keys read before. */
  static JWTClaimsSet verified(String token, JWKSet keys) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
      if (key == null) {
        throw new AssertionError("expected the kid " + jwt.getHeader().getKeyID() + " in the served JWKS");
      }
      if (!key.getAlgorithm().getName().equals(jwt.getHeader().getAlgorithm().getName())) {
        throw new AssertionError("expected alg " + key.getAlgorithm() + ", but found " + jwt.getHeader().getAlgorithm());
      }
      if (!jwt.verify(verifier(key))) {
        throw new AssertionError("expected a signature of " + key.getKeyID());
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Date now = new Date();
      if (claims.getExpirationTime().before(now) || claims.getNotBeforeTime().after(new Date(now.getTime() + 1000))) {
        throw new AssertionError("expected a token in force now, but found " + claims);
      }
      return claims;
    } catch (ParseException | JOSEException e) {
      throw new AssertionError("expected a signed JWT", e);
    }
  }

  /** The protected header of a token. */
  static com.nimbusds.jose.JWSHeader header(String token) {
    try {
      return SignedJWT.parse(token).getHeader();
    } catch (ParseException e) {
      throw new AssertionError("expected a signed JWT", e);
    }
  }

  JWKSet keys() {
    try {
      return JWKSet.parse(TokenClient.get(URI.create(edge + "/.well-known/jwks.json")).http().body());
    } catch (ParseException | IOException e) {
      throw new AssertionError("expected a JWKS", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key.getKeyType().getValue()) {
      case "RSA" -> new RSASSAVerifier(key.toRSAKey());
      case "EC" -> new ECDSAVerifier(key.toECKey());
      default -> new Ed25519Verifier(key.toOctetKeyPair());
    };
  }
}
