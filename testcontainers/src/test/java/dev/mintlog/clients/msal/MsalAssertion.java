package dev.mintlog.clients.msal;

import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.MadeCertificate;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** MSAL.NET's own client assertion, of a certificate: numeric dates as texts, neither {@code iat} nor {@code kid}. */
public final class MsalAssertion {
  private static final int LIFETIME_SECONDS = 600;

  private MsalAssertion() {}

  /** PS256 and {@code x5t#S256}; RS256 and {@code x5t} for AD FS. */
  public static String of(MsalNet application, MadeCertificate certificate, Instant now) {
    return application.isAdfs() ? written(application, now)
            .header("x5t", thumbprint(certificate, "SHA-1")).signed(key(certificate), "RS256")
        : written(application, now).header("x5t#S256", thumbprint(certificate, "SHA-256")).signed(key(certificate), "PS256");
  }

  /** {@code SendX5C}: the certificate as one text, where RFC 7515 §4.1.6 has an array. */
  public static String withX5c(MsalNet application, MadeCertificate certificate, Instant now) {
    return written(application, now).header("x5t#S256", thumbprint(certificate, "SHA-256"))
        .header("x5c", Base64.getEncoder().encodeToString(der(certificate))).signed(key(certificate), "PS256");
  }

  private static WrittenAssertion written(MsalNet application, Instant now) {
    long seconds = now.getEpochSecond();
    return WrittenAssertion.of(application.clientId(), application.tokenEndpoint(), now).claim("iat", null)
        .claim("nbf", Long.toString(seconds)).claim("exp", Long.toString(seconds + LIFETIME_SECONDS));
  }

  private static RSAKey key(MadeCertificate certificate) {
    return new RSAKey.Builder((RSAPublicKey) certificate.keys().getPublic())
        .privateKey(certificate.keys().getPrivate()).build();
  }

  private static String thumbprint(MadeCertificate certificate, String hash) {
    try {
      return WrittenAssertion.base64url(MessageDigest.getInstance(hash).digest(der(certificate)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] der(MadeCertificate certificate) {
    try {
      return certificate.certificate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
