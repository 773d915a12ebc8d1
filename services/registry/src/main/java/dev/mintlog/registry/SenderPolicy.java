package dev.mintlog.registry;

import java.util.Optional;
import java.util.Set;

/**
 * How a client proves that it has a key of its own.
 *
 * @param certificate by a client certificate, RFC 8705
 */
public record SenderPolicy(Certificate certificate) {
  public static final SenderPolicy NONE = new SenderPolicy(Certificate.NONE);

  /**
   * What is registered of a client's certificates.
   *
   * @param subject {@code tls_client_auth}: what a certificate of a trusted authority has to say, RFC 8705 §2.1.2
   * @param thumbprints {@code self_signed_tls_client_auth}: SHA-256 of the DER of certificates, base64url
   * @param bindsAccessTokens {@code tls_client_certificate_bound_access_tokens}, RFC 8705 §3.4
   */
  public record Certificate(Optional<CertificateSubject> subject, Set<String> thumbprints, boolean bindsAccessTokens) {
    static final Certificate NONE = new Certificate(Optional.empty(), Set.of(), false);

    public Certificate {
      thumbprints = Set.copyOf(thumbprints);
    }

    /** Whether a certificate can say who the client is. */
    public boolean authenticates() {
      return subject.isPresent() || !thumbprints.isEmpty();
    }
  }
}
