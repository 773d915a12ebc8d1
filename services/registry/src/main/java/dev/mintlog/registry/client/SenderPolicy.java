package dev.mintlog.registry.client;

import java.util.Optional;
import java.util.Set;

/**
 * How a client proves that it has a key of its own.
 *
 * @param certificate by a client certificate, RFC 8705
 * @param dpop by DPoP, RFC 9449
 */
public record SenderPolicy(Certificate certificate, Dpop dpop) {
  public static final SenderPolicy NONE = new SenderPolicy(Certificate.NONE, Dpop.NONE);

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

  /**
   * How a client uses DPoP.
   *
   * @param required {@code dpop_bound_access_tokens}, RFC 9449 §5.2
   * @param nonce whether its proofs must hold a nonce of this server, RFC 9449 §8
   */
  public record Dpop(boolean required, boolean nonce) {
    static final Dpop NONE = new Dpop(false, false);
  }
}
