package dev.mintlog.registry.client;

/**
 * What a client's certificate has to say of its holder, RFC 8705 §2.1.2: one of these.
 *
 * @param value as registered, in the form of its kind
 */
public record CertificateSubject(Kind kind, String value) {

  /** Where it stands in the certificate. */
  public enum Kind {
    /** {@code tls_client_auth_subject_dn}, RFC 4514. */
    DN("dn"),
    /** {@code tls_client_auth_san_dns}. */
    DNS("dns"),
    /** {@code tls_client_auth_san_uri}. */
    URI("uri"),
    /** {@code tls_client_auth_san_ip}, in digits. */
    IP("ip"),
    /** {@code tls_client_auth_san_email}. */
    EMAIL("email");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Its name in registry documents. */
    public String key() {
      return key;
    }
  }
}
