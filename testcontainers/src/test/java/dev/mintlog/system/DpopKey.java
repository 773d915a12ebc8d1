package dev.mintlog.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;

/** A client's key for DPoP, and the proofs it makes with it: RFC 9449 §4.2. */
record DpopKey(JWK jwk, JWSAlgorithm algorithm) {

  static DpopKey random() {
    return of("ES256");
  }

  static DpopKey of(String algorithm) {
    JWSAlgorithm alg = JWSAlgorithm.parse(algorithm);
    try {
      if (alg.equals(JWSAlgorithm.EdDSA)) {
        return new DpopKey(new OctetKeyPairGenerator(Curve.Ed25519).generate(), alg);
      }
      return JWSAlgorithm.Family.RSA.contains(alg)
          ? new DpopKey(new RSAKeyGenerator(2048).generate(), alg)
          : new DpopKey(new ECKeyGenerator(Curve.forJWSAlgorithm(alg).iterator().next()).generate(), alg);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String thumbprint() {
    try {
      return jwk.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A proof for a POST to this URL now. */
  String proof(String url) {
    return proof(url, claims -> { });
  }

  String proof(String url, Consumer<JWTClaimsSet.Builder> change) {
    return proof(url, change, header -> { });
  }

  String proof(String url, Consumer<JWTClaimsSet.Builder> change, Consumer<JWSHeader.Builder> changeHeader) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().jwtID(UUID.randomUUID().toString())
        .claim("htm", "POST").claim("htu", url).issueTime(Date.from(Instant.now()));
    change.accept(claims);
    JWSHeader.Builder header =
        new JWSHeader.Builder(algorithm).type(new JOSEObjectType("dpop+jwt")).jwk(jwk.toPublicJWK());
    changeHeader.accept(header);
    SignedJWT jwt = new SignedJWT(header.build(), claims.build());
    try {
      jwt.sign(signer());
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  JWSSigner signer() throws JOSEException {
    return switch (jwk.getKeyType().getValue()) {
      case "RSA" -> new RSASSASigner(jwk.toRSAKey());
      case "EC" -> new ECDSASigner(jwk.toECKey());
      default -> new Ed25519Signer(jwk.toOctetKeyPair());
    };
  }
}
