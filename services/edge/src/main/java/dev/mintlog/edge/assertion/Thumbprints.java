package dev.mintlog.edge.assertion;

import com.nimbusds.jose.JOSEException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Thumbprints of certificates in base64url: they find a key and prove nothing, so SHA-1 does no harm. */
final class Thumbprints {
  private Thumbprints() {}

  static String sha1(X509Certificate certificate) throws JOSEException {
    return of("SHA-1", certificate);
  }

  static String sha256(X509Certificate certificate) throws JOSEException {
    return of("SHA-256", certificate);
  }

  private static String of(String algorithm, X509Certificate certificate) throws JOSEException {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new JOSEException("expected a certificate that has a thumbprint", e);
    }
  }
}
