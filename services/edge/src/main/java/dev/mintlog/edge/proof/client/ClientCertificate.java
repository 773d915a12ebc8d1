package dev.mintlog.edge.proof.client;

import dev.mintlog.client.Confirmation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate whose key the sender of a request proved to have, in a TLS handshake with this edge or a named proxy.
 * Danger: it says nothing of who that is.
 *
 * @param chain the certificate first, then what the sender gave with it
 */
public record ClientCertificate(List<X509Certificate> chain) {
  public ClientCertificate {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * RFC 8705 §3.1: {@code x5t#S256}, "the base64url-encoded SHA-256 hash (a.k.a., thumbprint, fingerprint, or digest)
   * of the DER encoding of the X.509 certificate".
   */
  public Confirmation confirmation() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
      return new Confirmation(Confirmation.Method.X5T_S256,
          Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
