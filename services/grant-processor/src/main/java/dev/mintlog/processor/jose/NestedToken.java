package dev.mintlog.processor.jose;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.X25519Encrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.client.IdTokenEncryption;
import java.text.ParseException;

/** A signed token inside an encrypted one: first signed, then encrypted, OpenID Connect Core §2 and RFC 7519 §11.2. */
final class NestedToken {
  private NestedToken() {}

  /** @throws IllegalStateException where the client's key is not one for the algorithm; it was when it was registered */
  static String encrypted(String jws, IdTokenEncryption encryption) {
    try {
      JWK key = JWK.parse(encryption.publicJwk());
      JWEHeader header = new JWEHeader.Builder(
          JWEAlgorithm.parse(encryption.algorithm()), EncryptionMethod.parse(encryption.method()))
          .keyID(key.getKeyID())
          .type(JOSEObjectType.JWT)
          // RFC 7519 §5.2: "In the case that nested signing or encryption is employed, this Header Parameter MUST be
          // present; in this case, the value MUST be "JWT"".
          .contentType("JWT")
          .build();
      JWEObject jwe = new JWEObject(header, new Payload(jws));
      jwe.encrypt(encrypter(key));
      return jwe.serialize();
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(
          "expected a key of the client that " + encryption.algorithm() + " can encrypt for", e);
    }
  }

  private static JWEEncrypter encrypter(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) {
      return new RSAEncrypter(rsa);
    }
    return key instanceof ECKey ec ? new ECDHEncrypter(ec) : new X25519Encrypter(key.toOctetKeyPair());
  }
}
