package dev.mintlog.clients.powershell;

import dev.mintlog.fixture.MadeCertificate;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code New-OAuth2JwtAssertion} of PSAuthClient. Its header says RS256 whatever signs. */
public final class PsJwtAssertion {
  private final PowerShellSession session;
  private final Map<String, Object> header = new HashMap<>(Map.of("alg", "RS256", "typ", "JWT"));
  private final Map<String, Object> claims = new HashMap<>();

  /** {@code -issuer -subject -audience}. */
  public PsJwtAssertion(PowerShellSession session, String issuer, String subject, String audience) {
    this.session = session;
    claims.put("aud", audience);
    claims.put("exp", session.getUnixTime() + 300);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", session.getUnixTime());
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("nbf", session.getUnixTime());
  }

  /** {@code -client_certificate}: named by its thumbprint where it is a certificate, by nothing where it is an RSA key. */
  public String ofCertificate(Object certificateOrKey) {
    try {
      if (certificateOrKey instanceof MadeCertificate made) {
        header.put("x5t", base64Url(MessageDigest.getInstance("SHA-1").digest(made.certificate().getEncoded())));
      }
      PrivateKey key = certificateOrKey instanceof MadeCertificate made ? made.keys().getPrivate()
          : (PrivateKey) certificateOrKey;
      String input = input();
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.UTF_8));
      return input + "." + base64Url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code -client_secret}: a MAC in base64 within base64url. */
  public String ofSecret(String secret) {
    try {
      String input = input();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"));
      return input + "." + base64Url(Base64.getEncoder().encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String input() {
    return part(header) + "." + part(claims);
  }

  private String part(Map<String, Object> hashtable) {
    return base64Url(session.edition().convertToJson(session.enumerated(hashtable)).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
