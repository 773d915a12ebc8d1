package dev.mintlog.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An assertion as some client writes it: proper, or not. */
final class WrittenAssertion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private ObjectWriter writer = JSON.writer();

  /** Of five minutes, as a client writes it that follows the RFCs. */
  static WrittenAssertion of(String clientId, String audience, Instant now) {
    long seconds = now.getEpochSecond();
    return new WrittenAssertion().header("typ", "JWT")
        .claim("iss", clientId).claim("sub", clientId).claim("aud", audience)
        .claim("iat", seconds).claim("nbf", seconds).claim("exp", seconds + 300)
        .claim("jti", UUID.randomUUID().toString());
  }

  /** A member of the header; null takes it away. */
  WrittenAssertion header(String name, Object value) {
    return put(header, name, value);
  }

  /** A claim; null takes it away. */
  WrittenAssertion claim(String name, Object value) {
    return put(claims, name, value);
  }

  WrittenAssertion prettyPrinted() {
    writer = JSON.writerWithDefaultPrettyPrinter();
    return this;
  }

  String signed(JWK key, String algorithm) {
    return signed(signer(key), algorithm);
  }

  String signed(byte[] secret, String algorithm) {
    return signed(signerOf(secret), algorithm);
  }

  /** PSAuthClient's: HMAC-SHA256 that calls itself RS256, in base64 within base64url. */
  String encodedTwice(byte[] secret) {
    String plain = header("alg", "RS256").signedAs(signerOf(secret), "HS256");
    byte[] mac = Base64.getUrlDecoder().decode(plain.substring(plain.lastIndexOf('.') + 1));
    return plain.substring(0, plain.lastIndexOf('.') + 1)
        + base64url(Base64.getEncoder().encode(mac));
  }

  /** With whatever stands for a signature. */
  String with(String signature) {
    return input() + "." + signature;
  }

  private String signed(JWSSigner signer, String algorithm) {
    return header("alg", algorithm).signedAs(signer, algorithm);
  }

  /** Signed by an algorithm, whatever the header says. */
  String signedAs(JWSSigner signer, String algorithm) {
    try {
      String input = input();
      return input + "." + signer.sign(new JWSHeader(JWSAlgorithm.parse(algorithm)),
          input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private String input() {
    return base64url(json(header)) + "." + base64url(json(claims));
  }

  private byte[] json(Map<String, Object> object) {
    try {
      return writer.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private WrittenAssertion put(Map<String, Object> object, String name, Object value) {
    if (value == null) {
      object.remove(name);
    } else {
      object.put(name, value);
    }
    return this;
  }

  private static JWSSigner signerOf(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSSigner signer(JWK key) {
    try {
      return key instanceof RSAKey rsa ? new RSASSASigner(rsa)
          : key instanceof ECKey ec ? new ECDSASigner(ec) : new Ed25519Signer((OctetKeyPair) key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
