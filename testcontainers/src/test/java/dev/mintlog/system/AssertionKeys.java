package dev.mintlog.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The keys of clients that sign assertions, made for the run. */
final class AssertionKeys {
  private final RSAKey rsa;
  private final ECKey ec;
  private final OctetKeyPair ed;
  private final RSAKey other;
  private final MadeCertificate certificate = MadeCertificate.rsa("CN=certified-signer");

  private final KeyServer server = new KeyServer();

  AssertionKeys() {
    try {
      rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
      ed = new OctetKeyPairGenerator(Curve.Ed25519).generate();
      other = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    server.publish("/signer", jwks(rsa, ec, ed));
    server.publish("/elsewhere", jwks(rsa));
    server.publish("/private", jwks(rsa));
    server.publish("/platform", jwks(rsa));
  }

  /** Where keys are published. */
  KeyServer server() {
    return server;
  }

  RSAKey rsa() {
    return rsa;
  }

  ECKey ec() {
    return ec;
  }

  OctetKeyPair ed() {
    return ed;
  }

  /** Of another client, under the kid of {@link #rsa}. */
  RSAKey other() {
    return other;
  }

  /** The key of the certificate that is registered. */
  RSAKey certified() {
    return new RSAKey.Builder((java.security.interfaces.RSAPublicKey) certificate.keys().getPublic())
        .privateKey(certificate.keys().getPrivate()).build();
  }

  /** The certificate's thumbprint, RFC 7515 §4.1.7 and §4.1.8. */
  byte[] thumbprint(String hash) {
    try {
      return MessageDigest.getInstance(hash).digest(certificate.certificate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Puts the public halves in their places. */
  String fillIn(String template) {
    return template
        .replace("\"{{jwks:signer}}\"", jwks(rsa, ec, ed))
        .replace("\"{{jwks:other-signer}}\"", jwks(other))
        .replace("{{key-server}}", server.url())
        .replace("{{certificate}}", certificate.pem().replace("\n", "\\n"));
  }

  private static String jwks(JWK... keys) {
    List<JWK> publicKeys = Stream.of(keys).map(JWK::toPublicJWK).toList();
    return new JWKSet(publicKeys).toString();
  }
}
